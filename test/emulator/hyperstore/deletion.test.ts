import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { john, johnsAddress, outcome, type Send, start, withJohn } from "./harness.ts";

const slow = { deletionDelayMs: 60_000 };

async function listed(send: Send, userStatus: string, groupId = "QA"): Promise<string[]> {
  const reply = await send("GET", "/user/list", { query: { groupId, userType: "all", userStatus } });
  return reply.json().map((user: { userId: string; active: string }) => `${user.userId} ${user.active}`);
}

describe("DELETE /user (14.1)", () => {
  it("hides the user at once, lists it as deleting and then as deleted", async () => {
    const { send, state, canonicalUserId } = await withJohn(slow);
    expect(outcome(await send("DELETE", "/user", { query: johnsAddress }))).toBe("200 ");
    expect((await send("GET", "/user", { query: johnsAddress })).status).toBe(204);
    expect((await send("GET", "/user", { query: { canonicalUserId } })).status).toBe(204);
    expect(await listed(send, "all")).toEqual([]);
    expect(await listed(send, "deleting")).toEqual(["John false"]);
    expect(await listed(send, "deleted")).toEqual([]);

    edit(state, { action: "finishDeletions" });
    expect(await listed(send, "deleting")).toEqual([]);
    expect(await listed(send, "deleted")).toEqual(["John false"]);
    const byId = await send("GET", "/user", { query: { canonicalUserId } });
    expect(byId.json()).toMatchObject({ ...johnsAddress, active: "false" });
  });

  it("takes deletionDelayMs to complete", async () => {
    const { send } = await withJohn({ deletionDelayMs: 120 });
    await send("DELETE", "/user", { query: johnsAddress });
    expect(await listed(send, "deleting")).toEqual(["John false"]);
    await new Promise((resolve) => setTimeout(resolve, 140));
    expect(await listed(send, "deleted")).toEqual(["John false"]);
  });

  it("takes the canonical id", async () => {
    const { send, canonicalUserId } = await withJohn();
    expect((await send("DELETE", "/user", { query: { canonicalUserId } })).status).toBe(200);
    const again = await send("DELETE", "/user", { query: { canonicalUserId } });
    expect(outcome(again)).toBe("400 User does not exist");
  });

  it("takes the user's credentials along, when it is complete", async () => {
    const { send, state } = await withJohn({ ...slow, initialCredential: true });
    const [key] = [...state.credentials.keys()];
    const query = { accessKey: key ?? "" };
    await send("DELETE", "/user", { query: johnsAddress });
    expect((await send("GET", "/user/credentials", { query })).json().active).toBe(false);
    edit(state, { action: "finishDeletions" });
    expect((await send("GET", "/user/credentials", { query })).status).toBe(204);
  });

  it.each([
    ["an unknown user", { ...johnsAddress, userId: "Jim" }, "400 User does not exist"],
    ["half an address", { userId: "John" }, "400 Missing Required parameters : {userId, groupId}"],
    [
      "two addresses",
      { ...johnsAddress, canonicalUserId: "x" },
      "400 Missing Required parameters : {userId, groupId}",
    ],
    [
      "the default administrator",
      { userId: "admin", groupId: "0" },
      "400 Cannot delete. User is the default system administrator.",
    ],
  ])("refuses %s", async (_, query, expected) => {
    const { send } = await withJohn();
    expect(outcome(await send("DELETE", "/user", { query }))).toBe(expected);
  });

  it("refuses an owner of buckets, unless allowed", async () => {
    for (const allowDeleteWithBuckets of [false, true]) {
      const { send, state } = await withJohn({ allowDeleteWithBuckets });
      edit(state, { action: "giveBucket", ...johnsAddress, bucketName: "b" });
      const { status } = await send("DELETE", "/user", { query: johnsAddress });
      expect(status).toBe(allowDeleteWithBuckets ? 200 : 400);
    }
  });

  it("refuses an owner of IAM users", async () => {
    const { send, state } = await withJohn();
    edit(state, { action: "addIamUser", ...johnsAddress, iamUser: "tom" });
    const refused = await send("DELETE", "/user", { query: johnsAddress });
    expect(outcome(refused)).toBe("400 Cannot delete. User owns IAM resources.");
    edit(state, { action: "removeIamUser", ...johnsAddress, iamUser: "tom" });
    expect((await send("DELETE", "/user", { query: johnsAddress })).status).toBe(200);
  });
});

describe("DELETE /user/deleted (14.3)", () => {
  const conflict = "400 Conflicting or missing parameters : {canonicalUserId, groupId}";
  const absent = "400 User does not exist or is not in a deleted state.";

  it("purges one user", async () => {
    const { send, canonicalUserId } = await withJohn({ deletionDelayMs: 0 });
    const purge = async () => outcome(await send("DELETE", "/user/deleted", { query: { canonicalUserId } }));
    expect(await purge()).toBe(absent);
    await send("DELETE", "/user", { query: johnsAddress });
    expect(await purge()).toBe("200 ");
    expect((await send("GET", "/user", { query: { canonicalUserId } })).status).toBe(204);
    expect(await purge()).toBe(absent);
  });

  it("does not purge a user being deleted", async () => {
    const { send, canonicalUserId } = await withJohn(slow);
    await send("DELETE", "/user", { query: johnsAddress });
    expect(outcome(await send("DELETE", "/user/deleted", { query: { canonicalUserId } }))).toBe(absent);
  });

  it("purges a group's deleted users and leaves the others", async () => {
    const { send } = await withJohn({ deletionDelayMs: 0 });
    await send("PUT", "/user", { body: { ...john, userId: "Xiao" } });
    await send("DELETE", "/user", { query: johnsAddress });
    expect(outcome(await send("DELETE", "/user/deleted", { query: { groupId: "QA" } }))).toBe("200 ");
    expect(await listed(send, "deleted")).toEqual([]);
    expect(await listed(send, "all")).toEqual(["Xiao true"]);
    expect((await send("DELETE", "/user/deleted", { query: { groupId: "QA" } })).status).toBe(200);
  });

  it("wants one of its two parameters", async () => {
    const { send } = await start();
    expect(outcome(await send("DELETE", "/user/deleted"))).toBe(conflict);
    const both = await send("DELETE", "/user/deleted", { query: { canonicalUserId: "x", groupId: "QA" } });
    expect(outcome(both)).toBe(conflict);
  });
});
