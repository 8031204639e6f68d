import { describe, expect, it } from "vitest";
import { john, johnsAddress, outcome, start, withJohn } from "./harness.ts";

const profile = {
  active: "true",
  address1: "123 Main St.",
  address2: "",
  city: "Portsmouth",
  country: "US",
  emailAddr: "me@mail.com",
  fullName: "John Thompson",
  groupId: "QA",
  ldapEnabled: true,
  phone: "890-123-4567",
  state: "NH",
  userId: "John",
  userType: "User",
  website: "www.me.com",
  zip: "12345",
};

async function withGroup() {
  const emulator = await start();
  await emulator.send("PUT", "/group", { body: { groupId: "QA" } });
  return emulator;
}

describe("PUT /user (14.26)", () => {
  it("returns the profile with fileEndpoints and a canonical id of 32 hexadecimal digits", async () => {
    const { send } = await withGroup();
    const reply = await send("PUT", "/user", { body: { ...profile, fileEndpoints: "pool" } });
    const { canonicalUserId, ...rest } = reply.json();
    expect(rest).toEqual({ ...profile, fileEndpoints: "pool" });
    expect(canonicalUserId).toMatch(/^[0-9a-f]{32}$/);
  });

  it("fills in what was left out", async () => {
    const { send } = await withGroup();
    const made = (await send("PUT", "/user", { body: john })).json();
    expect(made).toMatchObject({ active: "true", city: "", fullName: "", ldapEnabled: false });
  });

  it("makes a first credential, unless told not to", async () => {
    for (const initialCredential of [true, false]) {
      const { send } = await withJohn({ initialCredential });
      const { status } = await send("GET", "/user/credentials/list", { query: johnsAddress });
      expect(status).toBe(initialCredential ? 200 : 204);
    }
  });

  it.each([
    ["no JSON", "[", "400 Invalid JSON object"],
    ["a wrong type", { ...john, ldapEnabled: "true" }, "400 Invalid JSON object"],
    ["a boolean status", { ...john, active: true }, "400 Invalid JSON object"],
    ["an unknown status", { ...john, active: "yes" }, "400 Invalid JSON object"],
    ["an unknown type", { ...john, userType: "user" }, "400 Invalid JSON object"],
    ["an unknown attribute", { ...john, nickname: "J" }, "400 Invalid JSON object"],
    ["no user id", { ...john, userId: "" }, "400 Missing required attributes : {userId, groupId, userType}"],
    ["no type", { ...john, userType: null }, "400 Missing required attributes : {userId, groupId, userType}"],
    ["a space", { ...john, userId: "a b" }, "400 Invalid User Name"],
    ["65 characters", { ...john, userId: "x".repeat(65) }, "400 Invalid User Name"],
    ["a long full name", { ...john, fullName: "x".repeat(65) }, "400 Invalid User Name"],
    ["an unknown group", { ...john, groupId: "none" }, "400 Problem accessing /user"],
    ["a given canonical id", { ...john, canonicalUserId: "0".repeat(32) }, "400 Problem accessing /user"],
    [
      "a system admin in a group",
      { ...john, userId: "ops", userType: "SystemAdmin" },
      "400 Problem accessing /user",
    ],
    ["a user in the system group", { ...john, groupId: "0" }, "400 Problem accessing /user"],
    ["a second time", john, "409 Problem accessing /user"],
  ])("refuses %s", async (_, body, expected) => {
    const { send } = await withJohn();
    expect(outcome(await send("PUT", "/user", { body }))).toBe(expected);
  });

  it.each(["anonymous", "public", "null", "none", "admin", "0"])("reserves the id %s", async (userId) => {
    const { send } = await withGroup();
    const reply = await send("PUT", "/user", { body: { ...john, userId } });
    expect(outcome(reply)).toBe(`400 User Id is not allowed : ${userId}`);
  });

  it.each(["address1", "address2", "zip", "emailAddr", "website", "phone"])("restricts %s", async (name) => {
    const { send } = await withGroup();
    for (const character of "`|;&><") {
      const reply = await send("PUT", "/user", { body: { ...john, [name]: `a${character}` } });
      expect(outcome(reply)).toBe("400 Problem accessing /user");
    }
    expect((await send("PUT", "/user", { body: { ...john, [name]: "a#b" } })).status).toBe(200);
  });

  it("takes the characters of 14.26.3 in a user id", async () => {
    const { send } = await withGroup();
    const reply = await send("PUT", "/user", { body: { ...john, userId: "Jo-hn_1.x@mail" } });
    expect(reply.status).toBe(200);
  });

  it.each([
    ["ops_1", 200],
    ["a", 200],
    [`a${"b".repeat(25)}`, 200],
    [`a${"b".repeat(26)}`, 400],
    ["Ops", 400],
    ["1ops", 400],
    ["ops_", 400],
    ["o-ps", 400],
  ])("has stricter rules for the system administrator %s", async (userId, status) => {
    const { send } = await start();
    const body = { ...john, userId, groupId: "0", userType: "SystemAdmin" };
    expect((await send("PUT", "/user", { body })).status).toBe(status);
  });

  it("keeps the id of a user being deleted, then gives a new canonical id", async () => {
    const { send, state, canonicalUserId } = await withJohn({ deletionDelayMs: 60_000 });
    await send("DELETE", "/user", { query: johnsAddress });
    expect(outcome(await send("PUT", "/user", { body: john }))).toBe("409 Problem accessing /user");
    for (const user of state.users.values()) if (user.deletedAt) user.deletedAt = Date.now() - 1;
    const again = (await send("PUT", "/user", { body: john })).json();
    expect(again.canonicalUserId).not.toBe(canonicalUserId);
    const old = await send("GET", "/user", { query: { canonicalUserId } });
    expect(old.json()).toMatchObject({ userId: "John", active: "false" });
  });
});

describe("GET /user (14.5)", () => {
  it("shows the profile without fileEndpoints, by either address", async () => {
    const { send } = await withGroup();
    const made = (await send("PUT", "/user", { body: { ...profile, fileEndpoints: "pool" } })).json();
    const { canonicalUserId } = made;
    const expected = { ...profile, canonicalUserId };
    expect((await send("GET", "/user", { query: johnsAddress })).json()).toEqual(expected);
    expect((await send("GET", "/user", { query: { canonicalUserId } })).json()).toEqual(expected);
  });

  it("answers 204 for what is not there", async () => {
    const { send } = await withJohn();
    expect((await send("GET", "/user", { query: { ...johnsAddress, userId: "john" } })).status).toBe(204);
    expect((await send("GET", "/user", { query: { canonicalUserId: "f".repeat(32) } })).status).toBe(204);
  });

  it.each([{}, { userId: "John" }, { groupId: "QA" }, { userId: "John", groupId: "" }])(
    "refuses the address %j",
    async (query) => {
      const { send } = await withJohn();
      const reply = await send("GET", "/user", { query: { ...query } as Record<string, string> });
      expect(outcome(reply)).toBe("400 Missing Required parameters : {userId, groupId}");
    },
  );

  it("refuses both addresses at once", async () => {
    const { send, canonicalUserId } = await withJohn();
    const reply = await send("GET", "/user", { query: { ...johnsAddress, canonicalUserId } });
    expect(reply.status).toBe(400);
  });
});

describe("POST /user (14.15)", () => {
  it("replaces the whole profile but for an omitted active", async () => {
    const { send, canonicalUserId } = await withJohn();
    await send("POST", "/user", { body: { ...john, ...profile, active: "false" } });
    const reply = await send("POST", "/user", { body: { ...john, city: "Rome" } });
    expect(outcome(reply)).toBe("200 ");
    const read = (await send("GET", "/user", { query: johnsAddress })).json();
    expect(read).toMatchObject({
      active: "false",
      city: "Rome",
      country: "",
      ldapEnabled: false,
      canonicalUserId,
    });
  });

  it("changes User and GroupAdmin into each other", async () => {
    const { send } = await withJohn();
    for (const userType of ["GroupAdmin", "User"]) {
      await send("POST", "/user", { body: { ...john, userType } });
      expect((await send("GET", "/user", { query: johnsAddress })).json().userType).toBe(userType);
    }
  });

  it.each([
    ["an unknown user", { ...john, userId: "Jim" }, "400 User does not exist"],
    ["another canonical id", { ...john, canonicalUserId: "f".repeat(32) }, "400 User does not exist"],
    ["no type", { ...john, userType: "" }, "400 Missing Required parameters : {userId, groupId, userType}"],
    ["no JSON", "", "400 Invalid JSON object"],
    ["an unknown status", { ...john, active: "1" }, "400 Invalid JSON object"],
    ["a long full name", { ...john, fullName: "x".repeat(65) }, "400 Invalid User Name"],
    ["another family of type", { ...john, userType: "SystemAdmin" }, "400 Problem accessing /user"],
    ["a restricted character", { ...john, phone: "1;2" }, "400 Problem accessing /user"],
    [
      "another type for admin",
      { userId: "admin", groupId: "0", userType: "User" },
      "400 Problem accessing /user",
    ],
  ])("refuses %s", async (_, body, expected) => {
    const { send } = await withJohn();
    expect(outcome(await send("POST", "/user", { body }))).toBe(expected);
  });

  it("takes back what GET gave", async () => {
    const { send } = await withJohn();
    const read = (await send("GET", "/user", { query: johnsAddress })).json();
    expect((await send("POST", "/user", { body: { ...read, city: "Rome" } })).status).toBe(200);
  });
});
