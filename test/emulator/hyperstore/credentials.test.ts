import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { john, johnsAddress, outcome, type Send, withJohn } from "./harness.ts";

const path = "/user/credentials";
const pair = { accessKey: "my/access key+1", secretKey: "o5jq+tqV/36=" };
const iamPair = { accessKey: "IAM_key_0123456789", secretKey: "s" };

async function withKey() {
  const emulator = await withJohn();
  await emulator.send("POST", path, { query: { ...johnsAddress, ...pair } });
  return emulator;
}

async function listed(send: Send, query: Record<string, string> = {}, of = "list") {
  const reply = await send("GET", `${path}/${of}`, { query: { ...johnsAddress, ...query } });
  return reply.status === 200 ? reply.json().map((row: typeof pair) => row.accessKey) : outcome(reply);
}

describe("POST /user/credentials (14.16)", () => {
  it("stores the given pair", async () => {
    const { send } = await withJohn();
    const before = Date.now();
    const reply = await send("POST", path, { query: { ...johnsAddress, ...pair } });
    expect(outcome(reply)).toBe("200 ");
    const { createDate, ...rest } = (
      await send("GET", path, { query: { accessKey: pair.accessKey } })
    ).json();
    expect(rest).toEqual({ ...pair, active: true, expireDate: null });
    expect(createDate).toBeGreaterThanOrEqual(before);
  });

  it.each([
    [
      "no secret",
      { secretKey: "" },
      "400 Missing Required parameters : {userId, groupId, accessKey, secretKey}",
    ],
    ["no user", { userId: "" }, "400 Missing Required parameters : {userId, groupId, accessKey, secretKey}"],
    ["an unknown user", { userId: "Jim" }, "400 User does not exist"],
    ["a comma in the access key", { accessKey: "a,b" }, "400 Invalid characters in accessKey or secretKey"],
    ["a comma in the secret key", { secretKey: "a,b" }, "400 Invalid characters in accessKey or secretKey"],
    ["a key that exists", {}, "409 Access Key already exists"],
  ])("refuses %s", async (_, query, expected) => {
    const { send } = await withKey();
    const reply = await send("POST", path, {
      query: { ...johnsAddress, ...pair, ...query } as Record<string, string>,
    });
    expect(outcome(reply)).toBe(expected);
  });

  it("refuses a key of another user", async () => {
    const { send } = await withKey();
    await send("PUT", "/user", { body: { ...john, userId: "Xiao" } });
    const reply = await send("POST", path, { query: { ...johnsAddress, userId: "Xiao", ...pair } });
    expect(outcome(reply)).toBe("409 Access Key already exists");
  });

  it("gives the key of a deleted user away again", async () => {
    const { send } = await withJohn({ deletionDelayMs: 0 });
    await send("POST", path, { query: { ...johnsAddress, ...pair } });
    await send("DELETE", "/user", { query: johnsAddress });
    await send("PUT", "/user", { body: john });
    expect((await send("POST", path, { query: { ...johnsAddress, ...pair } })).status).toBe(200);
    expect(await listed(send)).toEqual([pair.accessKey]);
  });

  it.each([
    ["an unknown IAM user", { iamUser: "jim" }, "400 IAM user does not exist"],
    ["a short key", { accessKey: "short_key_15_ch" }, "400 Invalid characters in accessKey or secretKey"],
    [
      "a key with a dash",
      { accessKey: "key-0123456789abc" },
      "400 Invalid characters in accessKey or secretKey",
    ],
    ["a long key", { accessKey: "k".repeat(129) }, "400 Invalid characters in accessKey or secretKey"],
    ["nothing", {}, "200 "],
  ])("with an IAM user refuses %s", async (_, query, expected) => {
    const { send, state } = await withJohn();
    edit(state, { action: "addIamUser", ...johnsAddress, iamUser: "tom@company.com" });
    const all = { ...johnsAddress, ...iamPair, iamUser: "tom@company.com", ...query };
    expect(outcome(await send("POST", path, { query: all as Record<string, string> }))).toBe(expected);
  });
});

describe("PUT /user/credentials (14.27)", () => {
  it("makes a pair of 20 hexadecimal digits and 40 characters", async () => {
    const { send } = await withJohn();
    const made = (await send("PUT", path, { query: johnsAddress })).json();
    expect(made).toMatchObject({ active: true, expireDate: null });
    expect(made.accessKey).toMatch(/^[0-9a-f]{20}$/);
    expect(made.secretKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect((await send("GET", path, { query: { accessKey: made.accessKey } })).json()).toEqual(made);
  });

  it.each([
    ["an unknown user", { userId: "Jim", groupId: "QA" }, "400 User does not exist"],
    ["no group", { userId: "John" }, "400 Missing Required parameters : {userId, groupId}"],
  ])("refuses %s", async (_, query, expected) => {
    const { send } = await withJohn();
    expect(outcome(await send("PUT", path, { query: query as Record<string, string> }))).toBe(expected);
  });
});

describe("the limit of credentials", () => {
  const reached = "403 Reached maximum number of credentials allowed";

  it("is 5 by default and counts inactive ones", async () => {
    const { send } = await withKey();
    await send("POST", `${path}/status`, { query: { accessKey: pair.accessKey } });
    for (let i = 0; i < 4; i++) {
      expect((await send("PUT", path, { query: johnsAddress })).status).toBe(200);
    }
    expect(outcome(await send("PUT", path, { query: johnsAddress }))).toBe(reached);
    const given = await send("POST", path, { query: { ...johnsAddress, ...iamPair } });
    expect(outcome(given)).toBe(reached);
  });

  it("is an option, and separate for IAM users", async () => {
    const { send, state } = await withJohn({ credentialLimit: 1, initialCredential: true });
    expect(outcome(await send("PUT", path, { query: johnsAddress }))).toBe(reached);
    edit(state, { action: "addIamUser", ...johnsAddress, iamUser: "tom" });
    const forTom = (accessKey: string) =>
      send("POST", path, { query: { ...johnsAddress, ...iamPair, accessKey, iamUser: "tom" } });
    expect((await forTom("tom_key_0000000001")).status).toBe(200);
    expect(outcome(await forTom("tom_key_0000000002"))).toBe(reached);
  });
});

describe("GET /user/credentials (14.6) and its lists (14.7, 14.8)", () => {
  it("answers 204 for an unknown key, and 400 without one", async () => {
    const { send } = await withJohn();
    expect((await send("GET", path, { query: { accessKey: "none" } })).status).toBe(204);
    expect(outcome(await send("GET", path))).toBe("400 Missing required parameters : {accessKey}");
  });

  it("lists oldest first, active ones alone in the other list", async () => {
    const { send } = await withKey();
    const second = (await send("PUT", path, { query: johnsAddress })).json().accessKey;
    await send("POST", `${path}/status`, { query: { accessKey: pair.accessKey, isActive: "false" } });
    expect(await listed(send)).toEqual([pair.accessKey, second]);
    expect(await listed(send, {}, "list/active")).toEqual([second]);
  });

  it("lists by canonical id", async () => {
    const { send, canonicalUserId } = await withKey();
    const reply = await send("GET", `${path}/list`, { query: { canonicalUserId } });
    expect(reply.json()).toHaveLength(1);
  });

  it("mixes in the keys of IAM users unless told not to", async () => {
    const { send, state } = await withKey();
    edit(state, { action: "addIamUser", ...johnsAddress, iamUser: "tom" });
    await send("POST", path, { query: { ...johnsAddress, ...iamPair, iamUser: "tom" } });
    expect(await listed(send)).toEqual([pair.accessKey, iamPair.accessKey]);
    expect(await listed(send, { isRootAccountOnly: "false" })).toHaveLength(2);
    expect(await listed(send, { isRootAccountOnly: "true" })).toEqual([pair.accessKey]);
  });

  it.each(["list", "list/active"])("%s: 204 without keys, 400 without a user", async (of) => {
    const { send, canonicalUserId } = await withJohn();
    expect(await listed(send, {}, of)).toBe("204 ");
    expect(await listed(send, { userId: "Jim" }, of)).toBe("400 User/Group does not exist");
    expect(await listed(send, { userId: "" }, of)).toBe(
      "400 Missing Required parameters : {userId, groupId}",
    );
    expect(await listed(send, { canonicalUserId }, of)).toBe(
      "400 Missing Required parameters : {userId, groupId}",
    );
  });

  it("shows the keys of an inactive user as deactivated, and as they were with the user back", async () => {
    const { send } = await withKey();
    const active = async () =>
      (await send("GET", path, { query: { accessKey: pair.accessKey } })).json().active;
    await send("POST", "/user", { body: { ...john, active: "false" } });
    expect(await active()).toBe(false);
    expect(await listed(send, {}, "list/active")).toBe("204 ");
    await send("POST", "/user", { body: { ...john, active: "true" } });
    expect(await active()).toBe(true);
  });
});

describe("POST /user/credentials/status (14.17)", () => {
  it.each([
    [{ isActive: "true" }, true],
    [{ isActive: "false" }, false],
    [{}, false],
  ])("%j means %s", async (query, expected) => {
    const { send } = await withKey();
    const reply = await send("POST", `${path}/status`, {
      query: { accessKey: pair.accessKey, ...query } as Record<string, string>,
    });
    expect(outcome(reply)).toBe("200 ");
    expect((await send("GET", path, { query: { accessKey: pair.accessKey } })).json().active).toBe(expected);
  });

  it("refuses an unknown key, and none", async () => {
    const { send } = await withKey();
    const unknown = await send("POST", `${path}/status`, { query: { accessKey: "none" } });
    expect(outcome(unknown)).toBe("400 Invalid Access Key");
    expect(outcome(await send("POST", `${path}/status`))).toBe(
      "400 Missing required parameters : {accessKey}",
    );
  });
});

describe("DELETE /user/credentials (14.2)", () => {
  it("deletes once; what is gone is a 400", async () => {
    const { send } = await withKey();
    const remove = async () => outcome(await send("DELETE", path, { query: { accessKey: pair.accessKey } }));
    expect(await remove()).toBe("200 ");
    expect(await listed(send)).toBe("204 ");
    expect(await remove()).toBe("400 Invalid Access Key");
    expect(outcome(await send("DELETE", path))).toBe("400 Missing required parameters : {accessKey}");
  });
});
