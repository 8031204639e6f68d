import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { after, client, failure, json, reset, serve, silence, sleep, status } from "./kit.ts";

const get = { method: "GET", path: "/user" };
const post = { method: "POST", path: "/user", json: {} };
const slowly = (ms: number) => after(ms, json(200, { slow: true }));

describe("abort", () => {
  test("refuses a new request at once", async () => {
    const server = await serve(status(200));
    const error = await failure(client(server.url).bind({ signal: AbortSignal.abort() }).send(post));
    expect(error).toMatchObject({
      reason: "aborted",
      outcome: "not-sent",
      problem: "cancelled before it was sent",
    });
    expect(server.seen).toEqual([]);
  });

  test("cuts a back-off at once, and says what came before", async () => {
    const server = await serve(status(503, { "retry-after": "30" }, "busy"));
    const stop = new AbortController();
    const sent = failure(client(server.url).bind({ signal: stop.signal }).send(post));
    setTimeout(() => stop.abort(), 50);
    const begun = Date.now();
    expect(await sent).toMatchObject({
      reason: "aborted",
      outcome: "refused",
      problem: "cancelled, after this: answered 503: busy",
      cause: { status: 503 },
    });
    expect(Date.now() - begun).toBeLessThan(2000);
    expect(server.seen).toHaveLength(1);
  });

  test("lets a request in flight end, and answers its result", async () => {
    const stop = new AbortController();
    const server = await serve((...given) => {
      stop.abort();
      return slowly(50)(...given);
    });
    const response = await client(server.url).bind({ signal: stop.signal }).send(post);
    expect([response.json(), stop.signal.aborted]).toEqual([{ slow: true }, true]);
  });

  test("after which a request that failed in flight is not sent again", async () => {
    for (const [fault, request, outcome] of [
      [status(503), post, "refused"],
      [reset, { ...get, method: "PUT" }, "unknown"],
      [silence, { ...post, settle: async () => undefined }, "unknown"],
    ] as const) {
      const stop = new AbortController();
      const server = await serve((...given) => {
        stop.abort();
        return fault(...given);
      });
      const sent = client(server.url).bind({ signal: stop.signal }).send(request);
      expect(await failure(sent)).toMatchObject({ reason: "aborted", outcome });
      expect(server.seen).toHaveLength(1);
    }
  });

  test("refuses what still waits for a connection, while what is in flight ends", async () => {
    const stop = new AbortController();
    const server = await serve((...given) => {
      stop.abort();
      return slowly(80)(...given);
    });
    const http = client(server.url, { connections: 1 }).bind({ signal: stop.signal });
    const events: string[] = [];
    const first = http.send(post).then(() => events.push("first ended"));
    expect(await failure(http.send(post))).toMatchObject({ reason: "aborted", outcome: "not-sent" });
    events.push("second refused");
    await first;
    await sleep(30);
    expect(events).toEqual(["second refused", "first ended"]);
    expect(server.seen).toHaveLength(1);
  });

  test("many calls may share one signal without a warning", async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(warning.name);
    process.on("warning", listen);
    const server = await serve(slowly(20));
    const http = client(server.url).bind({ signal: new AbortController().signal });
    await Promise.all(Array.from({ length: 20 }, (_, n) => http.send({ ...get, query: { n } })));
    process.off("warning", listen);
    expect(warnings).toEqual([]);
  });
});

describe("deadline", () => {
  test("refuses a new request", async () => {
    const server = await serve(status(200));
    const error = await failure(client(server.url).bind({ deadline: Date.now() }).send(get));
    expect(error).toMatchObject({ reason: "deadline", outcome: "not-sent" });
    expect(error.message).toMatch(/gave up after 0\.0 s: no time was left to send it; raise customTimeouts/);
    expect(server.seen).toEqual([]);
  });

  test("no wait goes beyond it, and the last failure is the cause", async () => {
    const server = await serve(status(503, { "retry-after": "20" }, "busy"));
    const begun = Date.now();
    const error = await failure(
      client(server.url)
        .bind({ deadline: begun + 5000 })
        .send(post),
    );
    expect(Date.now() - begun).toBeLessThan(2500);
    expect(error).toMatchObject({
      reason: "deadline",
      outcome: "refused",
      cause: { status: 503, reason: "status" },
    });
    expect(error.message).toMatch(/gave up after \d\.\d s: answered 503: busy; raise customTimeouts/);
  });

  test("no attempt is begun after it", async () => {
    const server = await serve(status(500));
    const deadline = Date.now() + 1000;
    const arrivals: number[] = [];
    const log = (line: string) => line.includes("trying") || arrivals.push(Date.now());
    await failure(client(server.url, { attempts: 50, retryBaseMs: 40 }).bind({ deadline, log }).send(get));
    expect(arrivals.length).toBeGreaterThan(1);
    for (const at of arrivals) expect(at).toBeLessThan(deadline + 1000);
  });

  test("lets a request in flight end", async () => {
    const server = await serve(slowly(600));
    const http = client(server.url, { headersTimeoutMs: 5000 }).bind({ deadline: Date.now() + 500 });
    expect((await http.send(post)).json()).toEqual({ slow: true });
  });

  test("refuses what still waits for a connection", async () => {
    const server = await serve(slowly(80));
    const connection = client(server.url, { connections: 1 });
    const first = connection.bind({}).send(post);
    const error = await failure(connection.bind({ deadline: Date.now() + 40 }).send(post));
    expect(error).toMatchObject({ reason: "deadline", outcome: "not-sent" });
    await first;
    expect(server.seen).toHaveLength(1);
  });

  test("a doubtful request is settled while there is time, but not sent again", async () => {
    // Doubtful, and with a wait that no deadline here has time for.
    const busy = (response: ServerResponse) => void response.writeHead(502, { "retry-after": "60" }).end();
    const server = await serve(busy, json(200, {}));
    const http = client(server.url).bind({ deadline: Date.now() + 2000 });
    const settle = async () => void (await http.send(get)) as undefined;
    expect(await failure(http.send({ ...post, settle }))).toMatchObject({
      reason: "deadline",
      outcome: "refused",
    });
    expect(server.seen).toEqual(["POST /user", "GET /user"]);
  });
});
