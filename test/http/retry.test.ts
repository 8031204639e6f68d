import { describe, expect, test as serially } from "vitest";
import type { Response } from "../../provider/http/index.ts";
import {
  client,
  cutOff,
  deadUrl,
  failure,
  json,
  reset,
  serve,
  serveBytes,
  silence,
  sleep,
  status,
} from "./kit.ts";

const test = serially.concurrent;
const get = { method: "GET", path: "/user" };
const post = { method: "POST", path: "/user", json: {} };
const doubtful = { reset, silence, cutOff, 500: status(500), 502: status(502), 504: status(504) };

describe.concurrent.each([429, 503])("%i", (code) => {
  test("is retried for every method", async () => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE", "POST", "PATCH"]) {
      const server = await serve(status(code), status(code), status(200));
      const response = await client(server.url)
        .bind({})
        .send({ ...post, method });
      expect([response.status, server.seen.length]).toEqual([200, 3]);
    }
  });

  test("is an error in the end, after which nothing has happened", async () => {
    const server = await serve(status(code, {}, "too busy"));
    const error = await failure(client(server.url).bind({}).send(post));
    expect(error).toMatchObject({ reason: "status", status: code, outcome: "refused", excerpt: "too busy" });
    expect(error.message).toContain(`answered ${code}: too busy (after 5 attempts)`);
    expect(server.seen).toHaveLength(5);
  });
});

test("a refused connection is retried for every method, and nothing was sent", async () => {
  const log: string[] = [];
  const http = client(await deadUrl()).bind({ log: (message) => log.push(message) });
  expect(await failure(http.send(post))).toMatchObject({ reason: "unreachable", outcome: "not-sent" });
  expect(log.filter((line) => line.includes("trying again"))).toHaveLength(4);
});

describe.concurrent.each(Object.entries(doubtful))("%s", (_, fault) => {
  test("an idempotent request is sent again", async () => {
    const put = { ...get, method: "PUT" };
    const remove = { ...get, method: "DELETE" };
    const requests = [get, put, remove, { ...post, idempotent: true }].map(async (request) => {
      const server = await serve(fault, json(200, { fine: true }));
      const response = await client(server.url).bind({}).send(request);
      expect([response.json(), server.seen.length]).toEqual([{ fine: true }, 2]);
    });
    await Promise.all(requests);
  });

  test("without settle, any other fails at once with an unknown outcome", async () => {
    const put = { ...get, method: "PUT", idempotent: false };
    const requests = [post, { ...get, method: "PATCH" }, put].map(async (request) => {
      const server = await serve(fault);
      expect(await failure(client(server.url).bind({}).send(request))).toMatchObject({ outcome: "unknown" });
      expect(server.seen).toHaveLength(1);
    });
    await Promise.all(requests);
  });

  test("with settle, it is sent again when it took no effect", async () => {
    const server = await serve(fault, json(200, {}), json(201, {}));
    const http = client(server.url).bind({});
    const settle = async (): Promise<Response | undefined> => void (await http.send(get));
    expect(await http.send({ ...post, settle })).toMatchObject({ status: 201 });
    expect(server.seen).toEqual(["POST /user", "GET /user", "POST /user"]);
  });

  test("with settle, it is not sent again when it did", async () => {
    const server = await serve(fault, json(200, { found: true }));
    const http = client(server.url).bind({});
    const response = await http.send({ ...post, settle: () => http.send(get) });
    expect(response.json()).toEqual({ found: true });
    expect(server.seen).toEqual(["POST /user", "GET /user"]);
  });
});

test("an idempotent request that keeps failing is an error with its status", async () => {
  const server = await serve(
    status(500, { "content-type": "text/html" }, "<html><title>Oh no</title></html>"),
  );
  const error = await failure(client(server.url).bind({}).send(get));
  expect(error).toMatchObject({ reason: "status", status: 500, outcome: "unknown", excerpt: "Oh no" });
  expect(server.seen).toHaveLength(5);
});

test("one doubtful attempt leaves the outcome unknown, whatever the later ones say", async () => {
  const server = await serve(reset, status(503));
  const error = await failure(
    client(server.url)
      .bind({})
      .send({ ...get, method: "PUT" }),
  );
  expect(error).toMatchObject({ status: 503, outcome: "unknown" });
});

test("when settle fails too, the error says both and the outcome stays unknown", async () => {
  const server = await serve(status(502, {}, "proxy"), status(403, {}, "forbidden"));
  const http = client(server.url).bind({});
  const settle = async () => {
    throw (await http.send(get)).error();
  };
  const error = await failure(http.send({ ...post, settle }));
  expect(error).toMatchObject({ outcome: "unknown", reason: "status", status: 502 });
  expect(error.message).toMatch(
    /answered 502: proxy; whether it took effect could not be found out either: .*answered 403: forbidden/,
  );
});

test("the last attempt is settled as well: then nothing has happened", async () => {
  const server = await serve(reset);
  let settled = 0;
  const settle = async () => void settled++ as undefined;
  const error = await failure(
    client(server.url, { attempts: 3 })
      .bind({})
      .send({ ...post, settle }),
  );
  expect(error).toMatchObject({ outcome: "refused", reason: "reset" });
  expect([server.seen.length, settled]).toEqual([3, 3]);
});

test("a request refused after it was settled is refused, not doubtful", async () => {
  const server = await serve(reset, status(503));
  const error = await failure(
    client(server.url)
      .bind({})
      .send({ ...post, settle: async () => undefined }),
  );
  expect(error).toMatchObject({ outcome: "refused", status: 503 });
});

test("the attempts are configurable", async () => {
  const server = await serve(status(503));
  await failure(client(server.url, { attempts: 1 }).bind({}).send(get));
  expect(server.seen).toHaveLength(1);
});

test("Retry-After in seconds and as a date is waited for", async () => {
  const inTwoSeconds = () => new Date(Math.ceil((Date.now() + 1000) / 1000) * 1000).toUTCString();
  const later: Record<string, () => string> = { seconds: () => "1", date: inTwoSeconds };
  await Promise.all(
    Object.values(later).map(async (value) => {
      const header = value();
      const begun = Date.now();
      const least = header === "1" ? 990 : Date.parse(header) - begun - 10;
      const server = await serve(status(503, { "retry-after": header }), status(200));
      await client(server.url).bind({}).send(post);
      expect(Date.now() - begun).toBeGreaterThanOrEqual(least);
    }),
  );
});

test.each(["soon", "", "-5", "Thu, 01 Jan 1970 00:00:00 GMT"])(
  "Retry-After %j asks for nothing",
  async (value) => {
    const server = await serve(status(503, { "retry-after": value }), status(200));
    expect((await client(server.url).bind({}).send(get)).status).toBe(200);
  },
);

test("back-off has full jitter and doubles", async () => {
  const log: string[] = [];
  const server = await serve(status(503));
  const http = client(server.url, { retryBaseMs: 60 }).bind({ log: (message) => log.push(message) });
  await failure(http.send(get));
  const waits = log.flatMap((line) => /trying again in ([\d.]+) s/.exec(line)?.[1] ?? []).map(Number);
  expect(waits).toHaveLength(4);
  for (const [n, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(0.05 + 0.06 * 2 ** n);
});

test("a connection that the server closed while idle is not used for a write", async () => {
  const answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  const url = await serveBytes((socket) => {
    socket.once("data", () => socket.write(answer, () => setTimeout(() => socket.end(), 10)));
  });
  const http = client(url).bind({});
  for (let n = 0; n < 3; n++) {
    expect((await http.send(post)).status).toBe(200);
    await sleep(30);
  }
});
