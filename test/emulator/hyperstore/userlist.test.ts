import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { john, johnsAddress, outcome, start, withJohn } from "./harness.ts";

const everybody = { groupId: "QA", userType: "all", userStatus: "all" };

async function filled() {
  const { send } = await start();
  await send("PUT", "/group", { body: { groupId: "QA" } });
  await send("PUT", "/group", { body: { groupId: "other" } });
  for (const body of [
    { ...john, userId: "Xiao", userType: "GroupAdmin" },
    { ...john, userId: "alan" },
    { ...john, userId: "John" },
    { ...john, userId: "Joan", active: "false" },
    { ...john, userId: "Jim", groupId: "other" },
  ]) {
    await send("PUT", "/user", { body });
  }
  return async (query: Record<string, string>) => {
    const reply = await send("GET", "/user/list", { query: { ...everybody, ...query } });
    return reply.status === 200
      ? reply.json().map(({ userId }: { userId: string }) => userId)
      : outcome(reply);
  };
}

describe("GET /user/list (14.10)", () => {
  it("sorts the users of one group", async () => {
    const list = await filled();
    expect(await list({})).toEqual(["Joan", "John", "Xiao", "alan"]);
    expect(await list({ groupId: "none" })).toEqual([]);
  });

  it("filters by type, status and prefix", async () => {
    const list = await filled();
    expect(await list({ userType: "admin" })).toEqual(["Xiao"]);
    expect(await list({ userType: "user" })).toEqual(["Joan", "John", "alan"]);
    expect(await list({ userType: "admin", groupId: "0" })).toEqual(["admin"]);
    expect(await list({ userStatus: "active" })).toEqual(["John", "Xiao", "alan"]);
    expect(await list({ userStatus: "inactive" })).toEqual(["Joan"]);
    expect(await list({ prefix: "Jo" })).toEqual(["Joan", "John"]);
  });

  it("gives one row more than the limit, and an inclusive offset", async () => {
    const list = await filled();
    expect(await list({ limit: "1" })).toEqual(["Joan", "John"]);
    expect(await list({ limit: "1", offset: "John" })).toEqual(["John", "Xiao"]);
    expect(await list({ limit: "2", offset: "John" })).toEqual(["John", "Xiao", "alan"]);
  });

  it("gives nothing for an offset that is the last row", async () => {
    const list = await filled();
    expect(await list({ limit: "3" })).toEqual(["Joan", "John", "Xiao", "alan"]);
    expect(await list({ limit: "3", offset: "alan" })).toEqual([]);
  });

  it("shows the attributes of GET /user", async () => {
    const { send } = await withJohn();
    const [row] = (await send("GET", "/user/list", { query: everybody })).json();
    expect(row).toEqual((await send("GET", "/user", { query: johnsAddress })).json());
  });

  it("adds the lock-out status when extended", async () => {
    const { send, state } = await withJohn();
    edit(state, { action: "lockUser", ...johnsAddress });
    const [row] = (await send("GET", "/user/list", { query: { ...everybody, extended: "true" } })).json();
    expect(row).toMatchObject({ userId: "John", locked: true });
  });

  it.each([
    ["no group", { groupId: "" }, "400 Missing required parameters : {groupId, userType, userStatus}"],
    ["no type", { userType: "" }, "400 Missing required parameters : {groupId, userType, userStatus}"],
    ["no status", { userStatus: "" }, "400 Missing required parameters : {groupId, userType, userStatus}"],
    ["an unknown type", { userType: "User" }, "400 Invalid user type. Valid values {admin, user, all}"],
    [
      "an unknown status",
      { userStatus: "gone" },
      "400 Invalid user status. Valid values {active, inactive, all}",
    ],
    ["limit 0", { limit: "0" }, "400 Invalid limit"],
    ["a limit of letters", { limit: "ten" }, "400 Invalid limit"],
  ])("refuses %s", async (_, query, expected) => {
    const list = await filled();
    expect(await list(query as unknown as Record<string, string>)).toBe(expected);
  });
});
