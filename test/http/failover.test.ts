import fc from "fast-check";
import { generate } from "selfsigned";
import { describe, expect, test } from "vitest";
import type { Request, Response } from "../../provider/http/index.ts";
import { client, deadUrl, failure, json, reset, serve, serveTls, silence, status } from "./kit.ts";

const get = { method: "GET", path: "/user" };
const post = { method: "POST", path: "/user", json: {} };
const ok = json(200, {});

function over(urls: string[], more = {}) {
  const systemIn = ({ headers }: Response) => headers["x-system"];
  const connection = client(urls, { probe: { path: "/version", systemIn }, ...more });
  const logs: string[] = [];
  const log = (message: string, level: string) => {
    if (level === "warn") logs.push(message);
  };
  return { connection, logs, http: connection.bind({ log }) };
}

describe("an endpoint that cannot be reached", () => {
  test("is left for the next, which stays in use", async () => {
    const [dead, server] = [await deadUrl(), await serve(ok)];
    const { http, logs, connection } = over([dead, server.url]);
    for (let n = 0; n < 3; n++) expect((await http.send(get)).status).toBe(200);
    expect(server.seen).toEqual(["GET /version", "GET /user", "GET /user", "GET /user"]);
    expect(logs).toEqual([
      `HyperStore does not answer at ${dead} (not sent, for GET /version did not go well: connection refused: is the service up, and the port right?); going on at ${server.url}`,
    ]);
    expect(connection.origin, "the first one's, whichever is used").toBe(dead);
  });

  test("for want of such a host", async () => {
    const server = await serve(ok);
    const { http } = over(["http://no-such-host.invalid:19443", server.url]);
    expect((await http.send(get)).status).toBe(200);
  });

  test("for want of trust: nothing is sent to it, and the warning says why", async () => {
    const { cert, private: key } = await generate([{ name: "commonName", value: "own" }], {
      extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
    });
    const asked: unknown[] = [];
    const untrusted = await serveTls({ cert, key }, (request, response) => {
      asked.push(request.url);
      response.end();
    });
    const server = await serve(ok);
    const { http, logs } = over([untrusted, server.url]);
    expect((await http.send(post)).status).toBe(200);
    expect(asked).toEqual([]);
    expect(logs[0]).toMatch(/its certificate is self-signed: set caCert/);
  });

  test("may be back when the next one fails", async () => {
    const first = await serve(reset, ok);
    const second = await serve(ok, ok, reset);
    const { http } = over([first.url, second.url]);
    for (let n = 0; n < 3; n++) expect((await http.send(get)).status).toBe(200);
    expect(first.seen).toEqual(["GET /version", "GET /version", "GET /user", "GET /user"]);
    expect(second.seen).toEqual(["GET /version", "GET /user", "GET /user"]);
  });

  test("when none can, the error names each and what is wrong with it", async () => {
    const [one, two] = [await deadUrl(), "http://no-such-host.invalid:1"];
    const { http } = over([one, two], { attempts: 3 });
    const error = await failure(http.send(post));
    expect(error).toMatchObject({ outcome: "not-sent", reason: "unreachable" });
    for (const part of [one, "connection refused", "no-such-host.invalid", "(after 3 attempts"])
      expect(error.message).toContain(part);
  });

  test("is tried again while another one has a lasting fault", async () => {
    const server = await serve(reset, ok);
    const { http } = over(["http://no-such-host.invalid:1", server.url]);
    expect((await http.send(get)).status).toBe(200);
  });
});

describe("a write", () => {
  test("goes to an endpoint that has answered: the first one is asked once beforehand", async () => {
    const server = await serve(ok);
    const { http } = over([server.url, await deadUrl()]);
    await http.send(post);
    await http.send(post);
    expect(server.seen).toEqual(["GET /version", "POST /user", "POST /user"]);
  });

  test.each([ok, status(401), status(404)])("any answer will do", async (answer) => {
    const server = await serve(answer, json(201, {}));
    const { http } = over([server.url, await deadUrl()]);
    expect((await http.send(post)).status).toBe(201);
    expect(server.seen).toEqual(["GET /version", "POST /user"]);
  });

  test("waits for an endpoint that is not ready", async () => {
    const server = await serve(status(503), ok);
    expect((await over([server.url, await deadUrl()]).http.send(post)).status).toBe(200);
    expect(server.seen).toEqual(["GET /version", "GET /version", "POST /user"]);
  });

  test("that was not sent goes to the next, once that has answered", async () => {
    const server = await serve(ok);
    const { http } = over([await deadUrl(), server.url]);
    expect((await http.send(post)).status).toBe(200);
    expect(server.seen).toEqual(["GET /version", "POST /user"]);
  });

  test.each([reset, silence])(
    "never goes to one that accepts connections but does not answer",
    async (fault) => {
      const [broken, server] = [await serve(fault), await serve(ok)];
      const { http } = over([await deadUrl(), broken.url, server.url]);
      expect((await http.send(post)).status).toBe(200);
      expect(broken.seen).toEqual(["GET /version"]);
      expect(server.seen).toEqual(["GET /version", "POST /user"]);
    },
  );

  test("is not sent at all where none answers, and the error says so", async () => {
    const broken = await serve(reset);
    const error = await failure(over([broken.url, await deadUrl()], { attempts: 2 }).http.send(post));
    expect(error).toMatchObject({ outcome: "not-sent", method: "POST", path: "/user" });
    expect(error.message).toContain("not sent, for GET /version did not go well: ");
    expect(broken.seen).toEqual(["GET /version"]);
  });

  test("of unknown outcome is looked for elsewhere, and not sent again when it is found", async () => {
    const first = await serve(ok, reset);
    const second = await serve(json(200, { found: true }));
    const { http } = over([first.url, second.url]);
    const response = await http.send({ ...post, settle: () => http.send(get) });
    expect(response.json()).toEqual({ found: true });
    expect(first.seen).toEqual(["GET /version", "POST /user"]);
    expect(second.seen).toEqual(["GET /version", "GET /user"]);
  });

  test("of unknown outcome is sent there when it had no effect", async () => {
    const first = await serve(ok, reset);
    const second = await serve(ok, json(200, {}), json(201, {}));
    const { http } = over([first.url, second.url]);
    const settle = async (): Promise<Response | undefined> => void (await http.send(get));
    expect((await http.send({ ...post, settle })).status).toBe(201);
    expect(second.seen).toEqual(["GET /version", "GET /user", "POST /user"]);
  });

  test("of unknown outcome that nobody can look for is an error, and names where it went", async () => {
    const [first, second] = [await serve(ok, reset), await serve(ok)];
    const error = await failure(over([first.url, second.url]).http.send(post));
    expect(error.outcome).toBe("unknown");
    expect(error.message).toContain(first.url);
    expect(second.seen).toEqual([]);
  });

  test("ends the sharing of reads on all endpoints", async () => {
    const [first, second] = [await serve(reset), await serve(ok)];
    const { http } = over([first.url, second.url]);
    await http.send(get);
    await Promise.all([http.send(get), http.send(post), http.send(get)]);
    expect(second.seen.filter((line) => line === "GET /user")).toHaveLength(3);
  });
});

describe("an endpoint of another system", () => {
  const of = (name: string) => json(200, {}, { "x-system": name });

  test("gets no request, not even one that only reads, and the error names both", async () => {
    const first = await serve(of("one"), of("one"), reset);
    const second = await serve(of("two"));
    const { http } = over([first.url, second.url]);
    expect((await http.send(get)).status).toBe(200);
    const belongs = `belongs to another system: two here, one at ${first.url}; give endpoints of one system`;
    for (const request of [get, post]) {
      const error = await failure(http.send(request));
      expect(error.reason).toBe("invalid");
      expect(error.message).toContain(`(${second.url}): not sent, for this endpoint ${belongs}`);
    }
    expect(second.seen).toEqual(["GET /version", "GET /version"]);
  });

  test("is told by what says so: the same name, or none, will do", async () => {
    for (const name of ["one", ""]) {
      const [first, second] = [await serve(of("one"), reset), await serve(name ? of(name) : ok)];
      expect((await over([first.url, second.url]).http.send(get)).status).toBe(200);
      expect(second.seen).toEqual(["GET /version", "GET /user"]);
    }
  });
});

describe("an answer", () => {
  test.each([500, 503])("%i is no reason to go elsewhere", async (code) => {
    const [first, second] = [await serve(ok, status(code), ok), await serve(ok)];
    expect((await over([first.url, second.url]).http.send(get)).status).toBe(200);
    expect(first.seen).toEqual(["GET /version", "GET /user", "GET /user"]);
    expect(second.seen).toEqual([]);
  });

  test("that says no names the endpoint it came from", async () => {
    const server = await serve(status(403));
    const { http } = over([await deadUrl(), server.url]);
    const refused = await http.send(get);
    expect(refused.error().message).toContain(`on HyperStore (${server.url}): answered 403`);
  });
});

test("one endpoint alone is asked nothing beforehand", async () => {
  const server = await serve(ok);
  await over([server.url]).http.send(post);
  expect(server.seen).toEqual(["POST /user"]);
});

test("whatever each of three endpoints does, a write that makes something takes effect at most once", async () => {
  const behaviours = ["answers", "acts, then breaks", "breaks", "dead"] as const;
  const node = fc.array(fc.constantFrom(...behaviours), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(node, { minLength: 2, maxLength: 3 }), async (nodes) => {
      let made = 0;
      const urls = await Promise.all(
        nodes.map(async (script) => {
          if (script[0] === "dead") return deadUrl();
          const answers = script.map((behaviour): Parameters<typeof serve>[0] => (response, request) => {
            if (behaviour === "breaks" || behaviour === "dead") return response.destroy();
            if (request.method === "POST") made++;
            return behaviour === "answers" ? response.end(JSON.stringify({ made })) : response.destroy();
          });
          return (await serve(...answers)).url;
        }),
      );
      const { http } = over(urls, { attempts: 6, retryBaseMs: 1 });
      const create: Request = {
        ...post,
        settle: async () => {
          const response = await http.send(get);
          return response.json<{ made: number }>().made > 0 ? response : undefined;
        },
      };
      const outcome = await http.send(create).then(
        () => "done",
        (error) => error.outcome,
      );
      expect(made).toBeLessThanOrEqual(1);
      if (outcome === "done") expect(made).toBe(1);
      if (outcome === "not-sent" || outcome === "refused") expect(made).toBe(0);
    }),
    { numRuns: 60 },
  );
});
