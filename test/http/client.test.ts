import { expect, test as serially } from "vitest";
import { connect } from "../../provider/http/index.ts";
import { client, deadUrl, failure, json, serve, serveBytes, silence, status } from "./kit.ts";

const test = serially.concurrent;
const get = { method: "GET", path: "/group" };

test("sends method, path, query, JSON, headers and what the signer adds", async () => {
  const server = await serve((response, request) => response.end(JSON.stringify(request.headers)));
  const http = client(`${server.url}/base/`).bind({});
  const response = await http.send({
    method: "PUT",
    path: "/group",
    query: { groupId: "a b&c", active: true, limit: 3, absent: undefined, quote: "it's (so)!" },
    json: { name: "Ångström" },
    headers: { "x-more": "1" },
  });
  expect(server.seen).toEqual([
    "PUT /base/group?groupId=a%20b%26c&active=true&limit=3&quote=it%27s%20%28so%29%21",
  ]);
  expect(server.bodies).toEqual(['{"name":"Ångström"}']);
  expect(response.json()).toMatchObject({
    "content-type": "application/json",
    "content-length": "21",
    "x-more": "1",
    authorization: `Basic ${Buffer.from("admin:pa55word").toString("base64")}`,
  });
});

test("answers any status that is the vendor's to interpret", async () => {
  const server = await serve(
    json(404, { no: "group" }),
    status(204),
    status(401),
    json(409, {}),
    status(304),
  );
  const http = client(server.url).bind({});
  for (const code of [404, 204, 401, 409, 304]) expect((await http.send(get)).status).toBe(code);
  expect(server.seen).toHaveLength(5);
});

test("reads a body of many parts, with characters across them and a byte order mark", async () => {
  const server = await serve(async (response) => {
    for (const byte of Buffer.from('\ufeff{"å":1}')) {
      response.write(Buffer.from([byte]));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    response.end();
  });
  expect((await client(server.url).bind({}).send(get)).json()).toEqual({ å: 1 });
});

test("joins repeated headers and passes over 1xx", async () => {
  const server = await serve((response) => {
    response.writeProcessing();
    response
      .writeHead(
        200,
        [
          ["X-A", "1"],
          ["x-a", "2"],
        ].flat(),
      )
      .end();
  });
  const response = await client(server.url).bind({}).send(get);
  expect([response.status, response.headers["x-a"]]).toEqual([200, "1, 2"]);
});

test("a signer sees the request, may be asynchronous, and signs each attempt", async () => {
  const server = await serve(status(503), (response, request) =>
    response.end(request.headers["x-signature"]),
  );
  let signed = 0;
  const connection = client(`${server.url}/base`, {
    auth: async ({ method, url, body, headers }) => {
      return {
        "x-signature": `${++signed} ${method} ${url.pathname} ${url.search} ${body} ${headers.accept}`,
      };
    },
  });
  const response = await connection
    .bind({})
    .send({ method: "POST", path: "/x", query: { a: 1 }, body: "<a/>" });
  expect(response.text).toBe("2 POST /base/x ?a=1 <a/> */*");
});

test("a signer that fails, and a header that cannot be, are errors of a request never sent", async () => {
  const server = await serve(status(200));
  const throwing = () => {
    throw new Error("no credentials");
  };
  for (const auth of [throwing, async () => throwing()]) {
    const error = await failure(client(server.url, { auth }).bind({}).send(get));
    expect(error).toMatchObject({ outcome: "not-sent", reason: "invalid", path: "/group" });
    expect(error.message).toContain("no credentials");
  }
  const broken = await failure(
    client(server.url)
      .bind({})
      .send({ ...get, headers: { "x-a": "1\n2" } }),
  );
  expect(broken).toMatchObject({ outcome: "not-sent", reason: "invalid" });
  expect(server.seen).toEqual([]);
});

test("a signer that has to log in, and cannot, says why", async () => {
  const login = client((await serve(status(403, {}, "who?"))).url).bind({});
  const auth = async () => {
    throw (await login.send({ method: "POST", path: "/authorize" })).error();
  };
  const error = await failure(
    client((await serve(status(200))).url, { auth })
      .bind({})
      .send(get),
  );
  expect(error).toMatchObject({
    reason: "status",
    outcome: "not-sent",
    problem: "cannot be signed: answered 403: who?",
  });
});

test("what is no JSON is shown, a page of HTML by its text", async () => {
  const page =
    "<!DOCTYPE html><html><head><title>Error 500</title><style>p{}</style></head><body><h1>Server&nbsp;&amp; Error</h1></body></html>";
  const server = await serve(status(200, { "content-type": "text/html" }, page), status(200));
  const http = client(server.url).bind({});
  const html = await http.send(get);
  expect(() => html.json()).toThrow(
    `GET /group on HyperStore (${server.url}): answered 200 with something that is no JSON (text/html, ${page.length} characters): Error 500 Server & Error`,
  );
  const empty = await http.send(get);
  expect(await failure(Promise.resolve().then(() => empty.json()))).toMatchObject({
    reason: "not-json",
    status: 200,
    outcome: "unknown",
    problem: expect.stringContaining("an empty body"),
  });
});

test("a response makes an error of itself", async () => {
  const server = await serve(json(400, { reason: "too many" }));
  const response = await client(server.url).bind({}).send(get);
  expect(response.error()).toMatchObject({
    status: 400,
    outcome: "refused",
    excerpt: '{"reason":"too many"}',
  });
  expect(response.error("TooMany: no more").message).toBe(
    `GET /group on HyperStore (${server.url}): answered 400: TooMany: no more`,
  );
});

test("an excerpt is short", async () => {
  const server = await serve(status(400, {}, "x ".repeat(1_000_000)));
  const { excerpt } = (await client(server.url).bind({}).send(get)).error();
  expect(excerpt).toHaveLength(200);
});

test("redirects are not followed, and the error names where they point", async () => {
  const server = await serve(status(302, { location: "https://other.example:8443/x?token=abcdef" }));
  const error = await failure(client(server.url).bind({}).send(get));
  expect(error).toMatchObject({ reason: "redirect", outcome: "refused", status: 302 });
  expect(error.message).toContain("points to https://other.example:8443, and redirects are not followed");
  expect(server.seen).toHaveLength(1);
});

test("a body above the limit is an error at once", async () => {
  const part = Buffer.alloc(1 << 20, " ");
  const server = await serve((response) => {
    const more = (left: number): void => {
      if (left > 0 && !response.destroyed) response.write(part, () => more(left - 1));
    };
    more(80);
  });
  const error = await failure(client(server.url).bind({}).send(get));
  expect(error).toMatchObject({ reason: "too-large", problem: "the answer is above 64 MB" });
  expect(server.seen).toHaveLength(1);
});

test("errors of the network say what happened and what to do", async () => {
  const cases: [string, object, RegExp][] = [
    [
      await deadUrl(),
      { reason: "unreachable", outcome: "not-sent" },
      /connection refused: is the service up/,
    ],
    [
      "http://no-such-host.invalid",
      { reason: "unreachable", outcome: "not-sent" },
      /host no-such-host.invalid not found/,
    ],
    [
      (await serve(silence)).url,
      { reason: "timeout", outcome: "unknown" },
      /headers time-out.*after 2 attempts/,
    ],
    [
      (await serve((response) => response.writeHead(200).write("{"))).url,
      { reason: "timeout", outcome: "unknown", status: 200 },
      /stopped half-way/,
    ],
    [
      await serveBytes((socket) => socket.once("data", () => socket.end("SSH-2.0-x\r\n"))),
      { reason: "protocol" },
      /what came is no HTTP/,
    ],
    [
      await serveBytes((socket) => socket.once("data", () => socket.destroy())),
      { reason: "reset" },
      /broke before the answer/,
    ],
  ];
  const check = async ([url, facts, message]: (typeof cases)[number]) => {
    const error = await failure(client(url, { attempts: 2 }).bind({}).send(get));
    expect(error).toMatchObject({ method: "GET", path: "/group", ...facts });
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`GET /group on HyperStore (${url})`);
  };
  await Promise.all(cases.map(check));
});

test("a connection that is not made in time", async () => {
  // accepts the connection, but never speaks TLS
  const url = (await serveBytes(() => {})).replace("http:", "https:");
  const error = await failure(client(url, { connectTimeoutMs: 100, attempts: 1 }).bind({}).send(get));
  expect(error).toMatchObject({ reason: "unreachable", outcome: "not-sent" });
  expect(error.message).toContain("no connection in time");
});

test("uses no more connections than it may", async () => {
  let now = 0;
  let most = 0;
  let open = () => {};
  const allThree = new Promise<void>((resolve) => {
    open = resolve;
  });
  const server = await serve(async (response) => {
    most = Math.max(most, ++now);
    if (now === 3) open();
    await allThree;
    await new Promise((resolve) => setTimeout(resolve, 10));
    now--;
    response.end();
  });
  const http = client(server.url, { connections: 3 }).bind({});
  await Promise.all(Array.from({ length: 12 }, (_, n) => http.send({ ...get, query: { n } })));
  expect(most).toBe(3);
});

test("an endpoint that cannot be is refused, without its password", () => {
  for (const url of ["nonsense", "ftp://host", "https://user:geheim@host", "https://host?password=geheim"]) {
    const make = () => connect({ url, system: "HyperStore", auth: () => ({}) });
    expect(make).toThrow(/the endpoint of HyperStore must/);
    expect(make).not.toThrow(/geheim/);
  }
});

test("after close nothing is sent", async () => {
  const server = await serve(status(200));
  const connection = client(server.url);
  await connection.close();
  expect(await failure(connection.bind({}).send(get))).toMatchObject({
    reason: "aborted",
    outcome: "not-sent",
  });
});
