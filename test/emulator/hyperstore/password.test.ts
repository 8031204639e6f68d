import { describe, expect, it, vi } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { johnsAddress, outcome, withJohn } from "./harness.ts";

const password = "P1a2s3s4!";
const unaddressed = "400 Missing or conflicting parameters : {userId, groupId,canonicalUserId}";
const missing = "400 Missing Required parameters : {userId, groupId, password}";

async function withPassword(options = {}) {
  const emulator = await withJohn(options);
  const { send } = emulator;
  const set = async (query: Record<string, string>) =>
    outcome(await send("POST", "/user/password", { query: { ...johnsAddress, ...query } }));
  const verify = async (query: Record<string, string>) =>
    outcome(await send("GET", "/user/password/verify", { query: { ...johnsAddress, ...query } }));
  const locked = async () => outcome(await send("GET", "/user/islocked", { query: johnsAddress }));
  expect(await set({ password })).toBe("200 ");
  return { ...emulator, set, verify, locked };
}

describe("POST /user/password (14.23)", () => {
  it.each([
    ["no password", { password: "" }, missing],
    ["65 characters", { password: `Aa1!${"x".repeat(61)}` }, "400 Exceeded max password length"],
    ["8 characters", { password: "P1a2s3s!" }, "400 Password strength is too weak."],
    ["no lower case letter", { password: "P1A2S3S4!" }, "400 Password strength is too weak."],
    ["no upper case letter", { password: "p1a2s3s4!" }, "400 Password strength is too weak."],
    ["no number", { password: "Password!" }, "400 Password strength is too weak."],
    ["no special character", { password: "P1a2s3s4x" }, "400 Password strength is too weak."],
    ["a wrong old one", { password: "N1e2w3w4!", oldpassword: "x" }, "400 Invalid oldpassword"],
  ])("refuses %s and keeps the password", async (_, query, expected) => {
    const { set, verify } = await withPassword();
    expect(await set(query as Record<string, string>)).toBe(expected);
    expect(await verify({ password })).toBe("200 valid");
  });

  it("takes 64 characters, and the right old password", async () => {
    const { set, verify } = await withPassword();
    const long = `Aa1!${"x".repeat(60)}`;
    expect(await set({ password: long, oldpassword: password })).toBe("200 ");
    expect(await verify({ password: long })).toBe("200 valid");
    expect(await verify({ password })).toBe("200 invalid");
  });

  it("takes the same password again, unless reuse is restricted", async () => {
    expect(await (await withPassword()).set({ password })).toBe("200 ");
    const { set } = await withPassword({ passwordReuse: false });
    expect(await set({ password })).toBe("400 Password was used before.");
    expect(await set({ password: "N1e2w3w4!" })).toBe("200 ");
  });

  it("answers 204 for no such user", async () => {
    const { set } = await withPassword();
    expect(await set({ userId: "Jim", password })).toBe("204 ");
  });
});

describe("GET /user/password/verify (14.12)", () => {
  it("answers valid, invalid and expire as plain text", async () => {
    const { send, state, verify, set } = await withPassword();
    const reply = await send("GET", "/user/password/verify", { query: { ...johnsAddress, password } });
    expect([reply.text, reply.type]).toEqual(["valid", "text/plain;charset=UTF-8"]);
    expect(await verify({ password: "x" })).toBe("200 invalid");
    edit(state, { action: "expirePassword", ...johnsAddress });
    expect(await verify({ password })).toBe("200 expire");
    expect(await verify({ password: "x" })).toBe("200 invalid");
    await set({ password });
    expect(await verify({ password })).toBe("200 valid");
  });

  it("is invalid for a locked user, for one without a password and for none", async () => {
    const { state, verify } = await withPassword();
    expect(await verify({ userId: "Jim", password })).toBe("200 invalid");
    edit(state, { action: "lockUser", ...johnsAddress });
    expect(await verify({ password })).toBe("200 invalid");
    const { send } = await withJohn();
    const unset = await send("GET", "/user/password/verify", { query: { ...johnsAddress, password } });
    expect(unset.text).toBe("invalid");
  });

  it("takes the canonical id, and refuses what is missing or conflicting", async () => {
    const { send, canonicalUserId, verify } = await withPassword();
    const reply = await send("GET", "/user/password/verify", { query: { canonicalUserId, password } });
    expect(reply.text).toBe("valid");
    expect(await verify({ password: "" })).toBe(missing);
    expect(await verify({ password, canonicalUserId })).toBe(missing);
  });

  it("locks after as many failures in a row as lockAfter says", async () => {
    const { verify, locked } = await withPassword({ lockAfter: 2 });
    await verify({ password: "x" });
    expect(await verify({ password })).toBe("200 valid");
    await verify({ password: "x" });
    expect(await locked()).toBe("200 false");
    await verify({ password: "x" });
    expect(await locked()).toBe("200 true");
    expect(await verify({ password })).toBe("200 invalid");
  });

  it("never locks by default", async () => {
    const { verify, locked } = await withPassword();
    for (let i = 0; i < 20; i++) await verify({ password: "x" });
    expect(await locked()).toBe("200 false");
  });
});

describe("GET /user/islocked (14.9) and POST /user/unlock (14.25)", () => {
  it("unlocks", async () => {
    const { send, state, locked, canonicalUserId } = await withPassword();
    expect(await locked()).toBe("200 false");
    edit(state, { action: "lockUser", ...johnsAddress });
    expect(await locked()).toBe("200 true");
    expect(outcome(await send("POST", "/user/unlock", { query: { canonicalUserId } }))).toBe("200 ");
    expect(await locked()).toBe("200 false");
  });

  it("unlocks by itself after 30 minutes", async () => {
    const { state, locked } = await withPassword();
    edit(state, { action: "lockUser", ...johnsAddress });
    const now = Date.now();
    const clock = vi.spyOn(Date, "now").mockReturnValue(now + 29 * 60_000);
    expect(await locked()).toBe("200 true");
    clock.mockReturnValue(now + 31 * 60_000);
    expect(await locked()).toBe("200 false");
    clock.mockRestore();
  });

  it.each([
    ["GET", "/user/islocked"],
    ["POST", "/user/unlock"],
  ])("%s %s refuses no user, two addresses and none", async (method, path) => {
    const { send, canonicalUserId } = await withJohn();
    const ask = async (query: Record<string, string>) => outcome(await send(method, path, { query }));
    expect(await ask({ userId: "Jim", groupId: "QA" })).toBe("400 User/Group does not exist");
    expect(await ask({ ...johnsAddress, canonicalUserId })).toBe(unaddressed);
    expect(await ask({})).toBe(unaddressed);
  });
});
