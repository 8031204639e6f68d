import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startHyperStore } from "../../../emulator/hyperstore/index.ts";
import { basic, john, johnsAddress, outcome, sender, start, withJohn } from "./harness.ts";

describe("authentication (1.6)", () => {
  it("has the vendor's old defaults", async () => {
    const { url } = await start();
    const headers = { authorization: basic("sysadmin", "public") };
    expect((await fetch(`${url}/system/version`, { headers })).status).toBe(200);
  });

  it.each([undefined, "Bearer x", "Basic", basic("sysadmin", "wrong"), basic("other", "public")])(
    "answers %s with an HTML page and the scheme",
    async (authorization) => {
      const { url } = await start();
      const reply = await fetch(`${url}/group/list`, { headers: authorization ? { authorization } : {} });
      expect(reply.status).toBe(401);
      expect(reply.headers.get("www-authenticate")).toMatch(/^Basic realm=/);
      expect(reply.headers.get("content-type")).toMatch(/^text\/html/);
      expect(await reply.text()).toContain("<title>Error 401 Unauthorized</title>");
    },
  );

  it("does not act for a caller it refuses", async () => {
    const { send, state } = await start();
    const headers = { authorization: basic("sysadmin", "wrong") };
    expect((await send("PUT", "/group", { body: { groupId: "B" }, headers })).status).toBe(401);
    expect(state.groups.has("B")).toBe(false);
    // Without a body nothing holds the route back but the refusal.
    await send("PUT", "/group", { body: { groupId: "QA" } });
    expect((await send("DELETE", "/group", { query: { groupId: "QA" }, headers })).status).toBe(401);
    expect(state.groups.has("QA")).toBe(true);
  });

  it("takes another user and password", async () => {
    const { send } = await start({ user: "ops", password: "a:b" });
    expect((await send("GET", "/system/version")).status).toBe(200);
  });
});

describe("the form of answers", () => {
  it("is an HTML page for errors, escaped", async () => {
    const { send } = await start();
    const reply = await send("GET", "/user/ratingPlanId", {
      query: { userId: "a", groupId: "b", region: "<&>" },
    });
    expect(reply.type).toMatch(/^text\/html/);
    expect(reply.text).toMatch(/^<html>\n<head>/);
    expect(reply.text).toContain("<title>Error 400 Region &lt;&amp;&gt; is not valid</title>");
    expect(reply.text).toContain("Problem accessing /user/ratingPlanId. Reason:");
  });

  it("is JSON for data and nothing for a 204", async () => {
    const { send } = await withJohn();
    expect((await send("GET", "/group/list")).type).toMatch(/^application\/json/);
    const absent = await send("GET", "/user", { query: { ...johnsAddress, userId: "x" } });
    expect([absent.status, absent.text, absent.type]).toEqual([204, "", ""]);
  });

  it.each([
    ["GET", "/nothing"],
    ["GET", "/Group/list"],
    ["GET", "/group/list/"],
    ["PATCH", "/group"],
    ["GET", "/%zz"],
    ["GET", "/user/list?groupid=QA&userType=all&userStatus=all"],
    ["GET", "/group?groupId=0&grupId=0"],
    ["GET", "/_emulator/requests"],
  ])("is a 404 page for %s %s", async (method, path) => {
    const { send } = await start();
    const reply = await send(method, path);
    expect(outcome(reply)).toBe("404 Not Found");
    expect(reply.type).toMatch(/^text\/html/);
  });

  it.each([
    [undefined, 200],
    ["text/plain", 200],
    ["application/json, text/*;q=0.5", 200],
    ["application/json, */*;q=0.5", 200],
    ["application/json", 406],
  ])("has to be acceptable: plain text to a caller who accepts %s (1.3.2.1)", async (accept, expected) => {
    const { send } = await start();
    const reply = await send("GET", "/system/version", accept ? { headers: { accept } } : {});
    expect(reply.status).toBe(expected);
  });

  it("wants to be told that a body is JSON (1.3.2.1)", async () => {
    const { send } = await start();
    const put = (type: string) =>
      send("PUT", "/group", { body: { groupId: "QA" }, headers: { "content-type": type } });
    expect(outcome(await put("text/plain"))).toBe("400 Invalid JSON Object");
    expect((await put("application/json; charset=utf-8")).status).toBe(200);
  });
});

describe("the record of requests", () => {
  it("holds method, path, query, status and time", async () => {
    const { send, requests } = await start();
    const before = Date.now();
    await send("GET", "/group", { query: { groupId: "none" } });
    await send("GET", "/nothing");
    expect(requests).toMatchObject([
      { method: "GET", path: "/group", query: { groupId: "none" }, status: 204 },
      { method: "GET", path: "/nothing", query: {}, status: 404 },
    ]);
    expect(requests[0]?.at).toBeGreaterThanOrEqual(before);
  });

  it("holds no secret", async () => {
    const { send, requests } = await withJohn();
    const secret = "Canary-1234";
    await send("POST", "/user/password", {
      query: { ...johnsAddress, password: secret, oldpassword: secret },
    });
    await send("GET", "/user/password/verify", { query: { ...johnsAddress, password: secret } });
    await send("POST", "/user/credentials", {
      query: { ...johnsAddress, accessKey: "k", secretKey: secret },
    });
    expect(JSON.stringify(requests)).not.toContain(secret);
    expect(requests.at(-1)).toMatchObject({
      query: { accessKey: "k", secretKey: "[redacted]" },
      status: 200,
    });
  });
});

describe("the life of an emulator", () => {
  it("serves TLS that a client can verify", async () => {
    const { url, caCert, port } = await start({ tls: true });
    expect(url).toBe(`https://127.0.0.1:${port}`);
    for (const host of ["127.0.0.1", "localhost"]) {
      const headers = { authorization: basic("sysadmin", "public") };
      const status = await new Promise((resolve, reject) => {
        request({ host, port, path: "/system/version", ca: caCert, headers, agent: false }, (reply) => {
          resolve(reply.resume().statusCode);
        })
          .on("error", reject)
          .end();
      });
      expect(status).toBe(200);
    }
    await expect(fetch(`${url}/system/version`)).rejects.toThrow();
  });

  it("is fresh after reset, through the same objects", async () => {
    const { send, state, faults, requests, reset } = await withJohn();
    faults.add({ kind: "500", nth: "every" });
    reset();
    expect([state.groups.size, state.users.size, requests.length]).toEqual([1, 1, 0]);
    expect((await send("GET", "/group", { query: { groupId: "QA" } })).status).toBe(204);
    expect(requests).toHaveLength(1);
  });

  it("starts from its file and saves each write", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hyperstore-"));
    const data = join(folder, "state.json");
    const first = await withJohn({ data, initialCredential: true });
    await first.send("POST", "/user/ratingPlanId", { query: { ...johnsAddress, ratingPlanId: "Gold" } });
    await first.close();
    const second = await start({ data });
    expect(second.state).toEqual(first.state);
    expect(second.state.credentials.size).toBe(1);
    await second.send("DELETE", "/user", { query: johnsAddress });
    await second.close();
    const third = await start({ data });
    expect((await third.send("GET", "/user", { query: johnsAddress })).status).toBe(204);
    await third.close();
    expect(readdirSync(folder)).toEqual(["state.json"]);
    rmSync(folder, { recursive: true });
  });

  it("closes at once with idle, kept-alive and hanging connections open", async () => {
    const emulator = await startHyperStore();
    const send = sender(emulator);
    await send("GET", "/system/version"); // kept alive
    const idle = connect(emulator.port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    emulator.faults.add({ kind: "timeout-before" });
    const hanging = send("GET", "/system/version").catch((error: Error) => error);
    while (emulator.requests.length < 2) await sleep(5);
    const before = Date.now();
    await emulator.close();
    expect(Date.now() - before).toBeLessThan(500);
    expect(await hanging).toBeInstanceOf(Error);
    idle.destroy();
  });

  it("waits latencyMs before each answer", async () => {
    const { send } = await start({ latencyMs: 80 });
    const before = Date.now();
    await send("PUT", "/user", { body: john });
    expect(Date.now() - before).toBeGreaterThanOrEqual(75);
  });
});
