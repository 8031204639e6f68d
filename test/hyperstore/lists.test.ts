import { expect, test } from "vitest";
import { emptyUser } from "../../emulator/hyperstore/state.ts";
import { addUser, findUser } from "../../emulator/hyperstore/users.ts";
import { Credential } from "../../provider/hyperstore/credential.ts";
import { Group } from "../../provider/hyperstore/group.ts";
import { User } from "../../provider/hyperstore/user.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import { withSession } from "./kit.ts";

/** Refreshes as the engine does: eight at a time, in an order of its own. */
async function sideBySide<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `user${(index * 7919) % count}`);

async function withUsers(count: number) {
  const world = await withSession();
  for (const userId of names(count)) addUser(world.state, emptyUser("QA", userId, "User"), "", false);
  world.requests.length = 0;
  const users = lifecycle(User, world.session);
  const refresh = (userId: string) => {
    const inputs = { groupId: "QA", userId, fullName: "as it was" };
    return users.read({ urn: `urn::${userId}`, id: `QA/${userId}`, inputs, outputs: inputs });
  };
  const counted = (path: string) => world.requests.filter((each) => each.path === path).length;
  return { ...world, users, refresh, count: counted };
}

test("a refresh of a group's users reads pages of the list", async () => {
  const { refresh, count } = await withUsers(1000);
  const found = new Map<string, unknown>();
  await sideBySide(names(1000), async (userId) => found.set(userId, (await refresh(userId))?.inputs.userId));
  expect([...found].filter(([userId, read]) => userId !== read)).toEqual([]);
  // 1001 users are 11 pages, the last one short; the first user is asked for by himself, and others before the list is read.
  expect(count("/user/list")).toBeLessThanOrEqual(11);
  expect(count("/user")).toBeLessThanOrEqual(15);
});

test("a program of few users never reads a long list to its end", async () => {
  const { refresh, count } = await withUsers(3000);
  for (const userId of ["user2990", "user2991", "user2992"]) expect(await refresh(userId)).toBeDefined();
  expect(count("/user/list")).toBe(4);
  expect(count("/user")).toBe(3);
});

test("one user alone is one request", async () => {
  const { refresh, count } = await withUsers(500);
  await refresh("user7");
  expect([count("/user"), count("/user/list")]).toEqual([1, 0]);
});

test("that a user is gone is asked of the server, whatever a list says", async () => {
  const { refresh, state, count } = await withUsers(50);
  for (const userId of ["user1", "user2"]) await refresh(userId);
  // Made after the page was read.
  addUser(state, emptyUser("QA", "late", "User"), "", false);
  expect(await refresh("late")).toBeDefined();
  const before = count("/user");
  expect(await refresh("nobody")).toBeUndefined();
  expect(count("/user")).toBe(before + 1);
});

test("no list is used from this process's first write on", async () => {
  const { refresh, users, state, count } = await withUsers(50);
  for (const userId of ["user1", "user2"]) await refresh(userId);
  expect(count("/user/list")).toBe(1);
  const news = users.check({ news: { groupId: "QA", userId: "new" } }).inputs;
  await users.create({ urn: "urn::new", news });
  const user = findUser(state, "QA", "user3");
  if (user) user.info.fullName = "changed since";
  expect((await refresh("user3"))?.inputs.fullName).toBe("changed since");
  expect(count("/user/list")).toBe(1);
});

test("an update reads the object itself", async () => {
  const { refresh, users, state } = await withUsers(50);
  for (const userId of ["user1", "user2"]) await refresh(userId);
  const user = findUser(state, "QA", "user3");
  if (user) user.info.city = "Milan";
  const was = { groupId: "QA", userId: "user3" };
  const { inputs } = users.check({ news: { ...was, fullName: "User Three", city: "Milan" } });
  await users.update({ urn: "urn::3", id: "QA/user3", inputs: was, outputs: was, news: inputs });
  expect(user?.info).toMatchObject({ fullName: "User Three", city: "Milan" });
});

test("groups are read from their list, and a user's credentials once", async () => {
  const world = await withSession();
  const groups = Array.from({ length: 150 }, (_, index) => `group${index}`);
  for (const groupId of groups) await world.send("PUT", "/group", { body: { groupId } });
  const query = { groupId: "QA", userId: "John" };
  const keys = ["key-one-of-john", "key-two-of-john"];
  for (const accessKey of keys)
    await world.send("POST", "/user/credentials", {
      query: { ...query, accessKey, secretKey: "s".repeat(20) },
    });
  world.requests.length = 0;
  await sideBySide(groups, async (groupId) => {
    const inputs = { groupId };
    expect(
      await lifecycle(Group, world.session).read({ id: groupId, inputs, outputs: inputs }),
    ).toBeDefined();
  });
  for (const accessKey of keys) {
    const held = { ...query, accessKey };
    const id = `QA/John/${accessKey}`;
    expect(
      await lifecycle(Credential, world.session).read({ id, inputs: held, outputs: held }),
    ).toBeDefined();
  }
  const counted = (path: string) => world.requests.filter((each) => each.path === path).length;
  expect(counted("/group/list")).toBe(2);
  expect(counted("/group")).toBeLessThanOrEqual(3);
  expect(counted("/user/credentials/list")).toBe(1);
});
