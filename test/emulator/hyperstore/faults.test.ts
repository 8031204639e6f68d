import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Fault, FaultKind } from "../../../emulator/kit/faults.ts";
import { basic, outcome, reason, start } from "./harness.ts";

const group = { body: { groupId: "QA" } };

/** DELETE /group once under the fault; what the client saw, and whether the server acted. */
async function strike(fault: Fault) {
  const { send, faults, state, requests } = await start();
  await send("PUT", "/group", group);
  faults.add(fault);
  const signal = AbortSignal.timeout(250);
  const query = { groupId: "QA" };
  const seen = await send("DELETE", "/group", { query, signal }).catch((error: Error) => error);
  return { seen, acted: !state.groups.has("QA"), record: requests.at(-1) };
}

function cause(seen: unknown): string {
  const error = seen as Error & { cause?: { code?: string } };
  return error.cause?.code ?? error.name;
}

describe("faults of the connection", () => {
  it.each<[FaultKind, boolean]>([
    ["reset-before", false],
    ["reset-after", true],
  ])("%s ends the connection without an answer; acted: %s", async (kind, expected) => {
    const { seen, acted, record } = await strike({ kind });
    expect(["ECONNRESET", "UND_ERR_SOCKET"]).toContain(cause(seen));
    expect(acted).toBe(expected);
    expect(record).toMatchObject({ fault: kind, status: expected ? 200 : 0 });
  });

  it.each<[FaultKind, boolean]>([
    ["timeout-before", false],
    ["timeout-after", true],
  ])("%s hangs until the client gives up; acted: %s", async (kind, expected) => {
    const { seen, acted } = await strike({ kind });
    expect(cause(seen)).toBe("TimeoutError");
    expect(acted).toBe(expected);
  });

  it("cuts JSON off in the middle, after acting", async () => {
    const { send, faults } = await start();
    faults.add({ kind: "cut-json", match: { path: "/system/license" } });
    const seen = await send("GET", "/system/license").catch((error: Error) => error);
    expect(["UND_ERR_SOCKET", "ECONNRESET"]).toContain(cause(seen));
    expect((seen as Error).message).toBe("terminated");
    expect((await strike({ kind: "cut-json" })).acted).toBe(true);
  });

  it("promises the whole length of what it cuts off", async () => {
    const { faults, port } = await start();
    faults.add({ kind: "cut-json", match: { path: "/system/license" }, nth: 2 });
    const lengths = async () => {
      const headers = { authorization: basic("sysadmin", "public") };
      const reply = await new Promise<IncomingMessage>((resolve) => {
        get({ port, host: "127.0.0.1", path: "/system/license", headers, agent: false }, resolve);
      });
      let received = 0;
      reply.on("data", (chunk: Buffer) => {
        received += chunk.length;
      });
      await new Promise((resolve) => reply.on("error", resolve).on("end", resolve));
      return { promised: Number(reply.headers["content-length"]), received };
    };
    const whole = await lengths();
    const cut = await lengths();
    expect(whole.received).toBe(whole.promised);
    expect(cut).toEqual({ promised: whole.promised, received: Math.ceil(whole.promised / 2) });
  });
});

describe("faults of the answer", () => {
  it("completes an invalid JSON body, after acting", async () => {
    const { seen, acted } = await strike({ kind: "bad-json" });
    const reply = seen as Awaited<ReturnType<Awaited<ReturnType<typeof start>>["send"]>>;
    expect([reply.status, reply.type]).toEqual([200, "application/json"]);
    expect(() => reply.json()).toThrow(SyntaxError);
    expect(acted).toBe(true);
  });

  it("answers HTML with a 200, without acting", async () => {
    const { seen, acted } = await strike({ kind: "html" });
    expect(seen).toMatchObject({ status: 200, type: "text/html" });
    expect((seen as { text: string }).text).toMatch(/^<html>/);
    expect(acted).toBe(false);
  });

  it.each([
    ["500", "Internal Server Error"],
    ["502", "Bad Gateway"],
    ["503", "Service Unavailable"],
    ["504", "Gateway Timeout"],
    ["429", "Too Many Requests"],
    ["401", "Unauthorized"],
    ["403", "Forbidden"],
    ["404", "Not Found"],
  ] as const)("answers %s in the vendor's form, without acting unless told to", async (kind, text) => {
    const before = await strike({ kind });
    expect(outcome(before.seen as never)).toBe(`${kind} ${text}`);
    expect(before.acted).toBe(false);
    const after = await strike({ kind, acted: true });
    expect(outcome(after.seen as never)).toBe(`${kind} ${text}`);
    expect(after.acted).toBe(true);
  });

  it.each([
    [undefined, "0"],
    [2, "2"],
    [0.05, "0.05"],
    [new Date(0), "Thu, 01 Jan 1970 00:00:00 GMT"],
  ])("sends Retry-After %s as %s", async (retryAfter, expected) => {
    for (const kind of ["503", "429"] as const) {
      const { seen } = await strike({ kind, ...(retryAfter !== undefined && { retryAfter }) });
      expect((seen as { headers: Headers }).headers.get("retry-after")).toBe(expected);
    }
    const { seen } = await strike({ kind: "500" });
    expect((seen as { headers: Headers }).headers.get("retry-after")).toBeNull();
  });

  it("delays", async () => {
    const before = Date.now();
    const { seen, acted } = await strike({ kind: "delay", delayMs: 80 });
    expect(Date.now() - before).toBeGreaterThanOrEqual(75);
    expect((seen as { status: number }).status).toBe(200);
    expect(acted).toBe(true);
  });

  it("acts after the client gave up a delayed request", async () => {
    const { send, faults, state } = await start();
    faults.add({ kind: "delay", delayMs: 120 });
    await expect(send("PUT", "/group", { ...group, signal: AbortSignal.timeout(40) })).rejects.toThrow();
    await sleep(150);
    expect(state.groups.has("QA")).toBe(true);
  });
});

describe("which request a fault hits", () => {
  async function statuses(fault: Fault, requests: [string, string][]) {
    const { send, faults } = await start();
    faults.add(fault);
    const seen: number[] = [];
    for (const [method, path] of requests) seen.push((await send(method, path)).status);
    return seen;
  }
  const version: [string, string] = ["GET", "/system/version"];
  const four = [version, version, version, version];

  it.each<[Partial<Fault>, number[]]>([
    [{}, [500, 200, 200, 200]],
    [{ nth: 3 }, [200, 200, 500, 200]],
    [{ nth: 2, times: 2 }, [200, 500, 500, 200]],
    [{ nth: "every" }, [500, 500, 500, 500]],
    [{ nth: "every", times: 3 }, [500, 500, 500, 200]],
  ])("%j", async (fault, expected) => {
    expect(await statuses({ kind: "500", ...fault }, four)).toEqual(expected);
  });

  it("counts what matches alone", async () => {
    const mixed: [string, string][] = [["GET", "/group/list"], version, ["GET", "/system/license"], version];
    const hit = (match: NonNullable<Fault["match"]>, nth: number) =>
      statuses({ kind: "502", match, nth }, mixed);
    expect(await hit({ path: "/system/version" }, 2)).toEqual([200, 200, 200, 502]);
    expect(await hit({ path: "/system/*" }, 2)).toEqual([200, 200, 502, 200]);
    expect(await hit({ method: "PUT" }, 1)).toEqual([200, 200, 200, 200]);
    expect(await hit({ method: "GET", path: "/group/list" }, 1)).toEqual([502, 200, 200, 200]);
  });

  it("applies several faults, the first one first, until cleared", async () => {
    const { send, faults } = await start();
    faults.add({ kind: "500" }, { kind: "502", nth: "every" });
    const status = async () => (await send("GET", "/system/version")).status;
    expect([await status(), await status()]).toEqual([500, 502]);
    faults.clear();
    expect(await status()).toBe(200);
  });

  it("refuses what would never strike", async () => {
    const { faults } = await start();
    expect(() => faults.add({ kind: "505" as FaultKind })).toThrow(/unknown fault kind "505"; known: /);
    expect(() => faults.add({ kind: "500", nth: 0 })).toThrow(/nth/);
    expect(() => faults.add({ kind: "500", times: 0 })).toThrow(/times/);
  });

  it("strikes TLS connections as well", async () => {
    const { faults, port, caCert } = await start({ tls: true });
    const { request } = await import("node:https");
    faults.add({ kind: "reset-before" }, { kind: "401", nth: 2 });
    const ask = () =>
      new Promise<unknown>((resolve) => {
        request({ host: "localhost", port, path: "/", ca: caCert, agent: false }, (reply) => {
          resolve(reply.resume().statusCode);
        })
          .on("error", (error: NodeJS.ErrnoException) => resolve(error.code))
          .end();
      });
    expect(await ask()).toBe("ECONNRESET");
    expect(await ask()).toBe(401);
  });

  it("keeps the page of a refusal when no fault is near", async () => {
    const { send } = await start();
    expect(reason(await send("GET", "/group"))).toBe("Missing required parameters : {groupId}");
  });
});

it("lets somebody else act at the moment of a fault, which strikes afterwards", async () => {
  const { send, faults, state } = await start();
  faults.add({ kind: "500", match: { path: "/group" }, meanwhile: () => send("PUT", "/group", group) });
  const seen = await send("PUT", "/group", { body: { groupId: "Dev" } });
  expect(seen.status).toBe(500);
  expect([...state.groups.keys()]).toEqual(["0", "QA"]);
});
