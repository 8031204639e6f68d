import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { startRadosgwProxy } from "../../../emulator/ceph/index.ts";
import type { Fault, FaultKind } from "../../../emulator/kit/faults.ts";

/** What reached the server behind the door, in the client's own spelling. */
interface Arrived {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}

interface Reply {
  status: number | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}

const running: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of running.splice(0).reverse()) await end();
});

const keys = JSON.stringify([{ user: "u", access_key: "AK", secret_key: "made-by-the-server" }]);

/** A server that notes what it is asked and answers like a radosgw: JSON of no content type. */
async function start({ delayMs = 0 } = {}) {
  const arrived: Arrived[] = [];
  const target: Server = createServer(async (message, response) => {
    const { method, url, headers } = message;
    const body = await text(message);
    await sleep(delayMs);
    arrived.push({ method, url, headers, body });
    if (url?.startsWith("/admin/metadata")) response.setHeader("content-type", "application/json");
    response.writeHead(method === "POST" ? 404 : 200, { "x-amz-request-id": "tx1" });
    response.end(method === "DELETE" ? "" : keys);
  }).listen(0, "127.0.0.1");
  await once(target, "listening");
  running.push(() => target.close());
  const heard: [string, string][] = [];
  const proxy = await startRadosgwProxy({
    target: `http://127.0.0.1:${(target.address() as AddressInfo).port}`,
    onAnswer: ({ method, path }, body) => heard.push([`${method} ${path}`, body]),
  });
  running.push(proxy.close);
  return { ...proxy, arrived, heard, ask: asker(proxy.port) };
}

/** Plain node:http, which sends what it is told and nothing of its own. */
const asker =
  (port: number) =>
  (method: string, path: string, { headers = {}, body = "", timeout = 0 } = {}): Promise<Reply> =>
    new Promise((settle, reject) => {
      const asked = request({ port, host: "127.0.0.1", method, path, headers, timeout, agent: false });
      asked.on("timeout", () => asked.destroy(new Error("timed out")));
      asked.on("error", reject).on("response", (answer) => {
        text(answer).then(
          (read) => settle({ status: answer.statusCode, headers: answer.headers, body: read }),
          reject,
        );
      });
      asked.end(body);
    });

describe("what passes", () => {
  it("is the request as it was sent, so that its signature still holds", async () => {
    const { ask, arrived } = await start();
    const path = "/admin/user?quota&uid=a%20b+c%2Fd&uid=%c3%a9&x=";
    const headers = {
      host: "rgw.example.com:8000",
      authorization: "AWS4-HMAC-SHA256 Credential=x",
      "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
      "content-type": "application/json",
    };
    await ask("PUT", path, { headers, body: '{"max_size":9007199254740993,"name":"ä"}' });
    expect(arrived).toEqual([
      {
        method: "PUT",
        url: path,
        headers: expect.objectContaining(headers),
        body: '{"max_size":9007199254740993,"name":"ä"}',
      },
    ]);
    expect(arrived[0]?.headers).not.toHaveProperty("user-agent");
  });

  it.each([
    ["GET", "/admin/user?uid=u", 200, undefined, keys],
    ["GET", "/admin/metadata/user", 200, "application/json", keys],
    ["HEAD", "/bucket", 200, undefined, ""],
    ["POST", "/admin/user?uid=u", 404, undefined, keys],
    ["DELETE", "/admin/user?uid=u", 200, undefined, ""],
  ])("is the answer to %s %s as it was given", async (method, path, status, type, body) => {
    const { ask } = await start();
    const reply = await ask(method, path);
    expect(reply).toMatchObject({ status, body, headers: { "x-amz-request-id": "tx1" } });
    expect(reply.headers["content-type"]).toBe(type);
  });

  it("is recorded without its secrets, which a listener hears", async () => {
    const { ask, requests, heard } = await start();
    await ask("PUT", "/admin/user?key&uid=u&access-key=AK&secret-key=given");
    expect(requests).toMatchObject([
      {
        method: "PUT",
        path: "/admin/user",
        query: { key: "", uid: "u", "access-key": "AK", "secret-key": "[redacted]" },
        status: 200,
      },
    ]);
    expect(heard).toEqual([["PUT /admin/user", keys]]);
  });
});

describe("a fault", () => {
  /** What the client saw of one request under the fault, and whether the server acted. */
  async function strike(fault: Fault) {
    const { ask, arrived, faults, heard } = await start();
    faults.add(fault);
    const seen = await ask("GET", "/admin/user?uid=u", { timeout: 200 }).catch((error: Error) => error);
    return { seen, acted: arrived.length === 1, heard: heard.length };
  }

  it.each<[FaultKind, boolean]>([
    ["reset-before", false],
    ["timeout-before", false],
    ["reset-after", true],
    ["timeout-after", true],
    ["cut-json", true],
  ])("%s ends without an answer; the radosgw acted: %s", async (kind, acted) => {
    const struck = await strike({ kind });
    expect(struck.seen).toBeInstanceOf(Error);
    expect(struck).toMatchObject({ acted, heard: acted ? 1 : 0 });
  });

  it.each([
    ["401", "AccessDenied"],
    ["403", "AccessDenied"],
    ["429", "SlowDown"],
    ["500", "UnknownError"],
    ["502", "UnknownError"],
    ["503", "SlowDown"],
  ] as const)("%s is answered in a radosgw's form, without acting unless told to", async (kind, code) => {
    const { seen, acted } = await strike({ kind });
    const error = { Code: code, Message: "", RequestId: expect.any(String), HostId: expect.any(String) };
    expect(seen).toMatchObject({ status: Number(kind), headers: { "content-type": /^application\/json/ } });
    expect(JSON.parse((seen as Reply).body)).toEqual(error);
    expect(acted).toBe(false);
    expect(await strike({ kind, acted: true })).toMatchObject({
      seen: { status: Number(kind) },
      acted: true,
    });
  });

  it("bad-json completes half of the body, html replaces it", async () => {
    const bad = await strike({ kind: "bad-json" });
    expect(bad).toMatchObject({ acted: true, seen: { status: 200 } });
    expect(keys).toContain((bad.seen as Reply).body);
    expect(await strike({ kind: "html" })).toMatchObject({ acted: false, seen: { body: /<html>/ } });
  });
});

describe("the end", () => {
  it("waits for what the radosgw was sent, though the client has gone", async () => {
    const { ask, arrived, close } = await start({ delayMs: 100 });
    await expect(ask("PUT", "/admin/user?uid=late", { timeout: 30 })).rejects.toThrow("timed out");
    expect(arrived).toHaveLength(0);
    await close();
    expect(arrived).toHaveLength(1);
  });

  it("comes before what a fault still held back", async () => {
    const { ask, arrived, faults, close } = await start();
    faults.add({ kind: "delay", delayMs: 100 });
    await expect(ask("PUT", "/admin/user?uid=never", { timeout: 30 })).rejects.toThrow("timed out");
    await close();
    await sleep(150);
    expect(arrived).toEqual([]);
  });
});
