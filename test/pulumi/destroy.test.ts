import { expect } from "vitest";
import { testOn } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import { addUser, groupIn, userIn, usersIn } from "./support/store.ts";

const delay = 3000;
const test = testOn({ deletionDelayMs: delay });

const program = () => [
  group("QA"),
  user(`\${QA.groupId}`, "John"),
  user(`\${QA.groupId}`, "Jane"),
  credential("key", "QA", `\${John.userId}`),
];

test("destroy waits until the users are really gone, and the group after them", async ({ store, stack }) => {
  stack.declare(...program());
  expect(await stack.up()).toMatchObject({ code: 0 });
  const began = Date.now();
  expect(await stack.destroy()).toMatchObject({ code: 0, output: expect.stringContaining("5 deleted") });
  expect(Date.now() - began).toBeGreaterThan(delay);
  const at = (path: string) => store.requests.findLast((r) => r.method === "DELETE" && r.path === path)?.at;
  expect(at("/group")).toBeGreaterThan((at("/user") ?? 0) + delay);
  expect([groupIn(store, "QA"), usersIn(store, "QA")]).toEqual([undefined, []]);
  expect((await stack.exported()).resources).toEqual([]);
});

test("a group that still counts users being deleted is asked again until it lets go", async ({
  store,
  stack,
}) => {
  stack.declare(group("QA"));
  expect(await stack.up()).toMatchObject({ code: 0 });
  // Somebody else deletes a user of theirs at the same time.
  addUser(store, "QA", "Guest").deletedAt = Date.now() + delay;
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  const answers = store.requests.filter(({ method, path }) => method === "DELETE" && path === "/group");
  expect(answers.map(({ status }) => status)).toEqual([...answers.slice(1).map(() => 409), 200]);
  expect(answers.length).toBeGreaterThan(1);
  expect(groupIn(store, "QA")).toBeUndefined();
});

test("a group with a user whom Pulumi does not know stays, and says whose it is", async ({
  store,
  stack,
}) => {
  stack.declare(group("QA"));
  expect(await stack.up()).toMatchObject({ code: 0 });
  const guest = addUser(store, "QA", "Guest");
  const refused = await stack.destroy();
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('group "QA" still has 1 users (Guest): delete them first');
  expect(groupIn(store, "QA")).toBeDefined();
  expect(userIn(store, "QA", "Guest")).toBeDefined();
  const { resources, pending } = await stack.exported();
  expect(resources.map(({ id }) => id)).toContain("QA");
  expect(pending).toEqual([]);

  guest.deletedAt = Date.now();
  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(groupIn(store, "QA")).toBeUndefined();
});
