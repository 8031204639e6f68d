import { expect, test as serially } from "vitest";
import { after, client, failure, serve, sleep, status } from "./kit.ts";

const test = serially.concurrent;
const get = { method: "GET", path: "/user", query: { id: 1 } };
const numberedAfter = (ms: number) => after(ms, (response, _, nth) => response.end(JSON.stringify({ nth })));
const numbered = numberedAfter(40);

test("equal GETs in flight are one request, across scopes", async () => {
  const server = await serve(numbered);
  const connection = client(server.url);
  const all = await Promise.all([1, 2, 3, 4].map(() => connection.bind({}).send(get)));
  expect(server.seen).toEqual(["GET /user?id=1"]);
  expect(all.map((response) => response.json())).toEqual(Array(4).fill({ nth: 1 }));
});

test("what a caller does to its JSON does not reach the others", async () => {
  const server = await serve(numbered);
  const http = client(server.url).bind({});
  const [one, two] = await Promise.all([http.send(get), http.send(get)]);
  one.json<{ nth: number }>().nth = 7;
  expect(two.json()).toEqual({ nth: 1 });
});

test("a later GET is a new request", async () => {
  const server = await serve(numbered);
  const http = client(server.url).bind({});
  await http.send(get);
  expect((await http.send(get)).json()).toEqual({ nth: 2 });
});

test("GETs that differ in query or headers are not one", async () => {
  const server = await serve(numbered);
  const http = client(server.url).bind({});
  await Promise.all([
    http.send(get),
    http.send({ ...get, query: { id: 2 } }),
    http.send({ ...get, headers: { "x-a": "1" } }),
  ]);
  expect(server.seen).toHaveLength(3);
});

test("no GET joins one that began before a write", async () => {
  const server = await serve(numbered);
  const http = client(server.url).bind({});
  const before = http.send(get);
  const write = http.send({ method: "PUT", path: "/user" });
  const during = http.send(get);
  await write;
  const after = http.send(get);
  await Promise.all([before, during, after]);
  expect(server.seen.filter((line) => line.startsWith("GET"))).toHaveLength(3);
});

test("the end of a write counts too", async () => {
  const server = await serve(
    after(30, status(200)), // the write
    after(80, status(200)), // a read that began during it
    status(200), // a read after it
  );
  const http = client(server.url).bind({});
  const write = http.send({ method: "PUT", path: "/user" });
  await sleep(10);
  const during = http.send(get);
  await write;
  await http.send(get);
  await during;
  expect(server.seen).toHaveLength(3);
});

test("one caller's abort does not disturb the others", async () => {
  const server = await serve(after(30, status(503, { "retry-after": "1" })), status(200));
  const connection = client(server.url);
  const stop = new AbortController();
  const first = failure(connection.bind({ signal: stop.signal }).send(get));
  const second = connection.bind({}).send(get);
  setTimeout(() => stop.abort(), 80);
  expect(await first).toMatchObject({ reason: "aborted" });
  expect((await second).status).toBe(200);
  expect(server.seen).toHaveLength(2);
});

test("a caller that leaves before its request is begun does not take it from the others", async () => {
  const server = await serve(numberedAfter(400));
  const connection = client(server.url, { connections: 1 });
  const busy = connection.bind({}).send({ ...get, query: { id: 2 } });
  const stop = new AbortController();
  const first = failure(connection.bind({ signal: stop.signal, deadline: Date.now() + 200 }).send(get));
  const second = connection.bind({}).send(get);
  stop.abort();
  expect(await first).toMatchObject({ reason: "aborted", outcome: "not-sent" });
  expect((await second).json()).toEqual({ nth: 2 });
  await busy;
});

test("GETs that failed together are retried together", async () => {
  const server = await serve(status(503), status(503), numbered);
  const http = client(server.url, { retryBaseMs: 40 }).bind({});
  await Promise.all([http.send(get), http.send(get), http.send(get)]);
  expect(server.seen).toHaveLength(3);
});
