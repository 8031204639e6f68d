import { expect } from "vitest";
import { testOn, urnOf, writing } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import { groupIn, keysOf, userIn, usersIn } from "./support/store.ts";

const test = testOn({ deletionDelayMs: 3000 });

test("ignoreChanges: what somebody else manages is neither drift nor undone", async ({ stack, store }) => {
  const options = { ignoreChanges: ["groupName", "s3EndpointsHttp", "ldapSearch"] };
  const theirs = { groupName: "theirs", s3endpointshttp: ["theirs"], ldapSearch: "(cn=*)" };
  const declare = (groupName: string, active: boolean) =>
    stack.declare(group("QA", { groupName, active }, { options }));
  declare("first", true);
  await stack.up();
  Object.assign(groupIn(store, "QA") ?? {}, theirs);
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
  // The drift job leaves out what only a refresh would change; this one counts it.
  const refresh = await stack.run("refresh", "--preview-only", "--expect-no-changes");
  expect(refresh).toMatchObject({ code: 0 });

  // Without a refresh: the state still has what was there before.
  declare("ours", false);
  const up = await writing(store, () => stack.up());
  expect(up).toMatchObject({ code: 0, writes: ["POST /group"] });
  expect(groupIn(store, "QA")).toMatchObject({ ...theirs, active: "false" });

  declare("ours", true);
  expect(await stack.up("--refresh")).toMatchObject({
    code: 0,
    output: expect.stringContaining("1 updated"),
  });
  expect(groupIn(store, "QA")).toMatchObject({ ...theirs, active: "true" });
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
});

test("protect keeps an object, and retainOnDelete lets go of it alive", async ({ stack, store }) => {
  stack.declare(
    group("QA", {}, { options: { retainOnDelete: true } }),
    user("${QA.groupId}", "John", {}, { options: { protect: true } }),
  );
  await stack.up();
  const before = structuredClone(store.state);
  stack.declare(group("QA", {}, { options: { retainOnDelete: true } }));
  const refused = await writing(store, () => stack.up());
  expect(refused.code).not.toBe(0);
  expect(refused).toMatchObject({ writes: [], output: expect.stringContaining("protect") });

  const forgotten = await stack.run("state", "delete", await urnOf(stack, "John"), "--force", "--yes");
  expect(forgotten).toMatchObject({ code: 0 });
  const destroyed = await writing(store, () => stack.destroy());
  expect(destroyed).toMatchObject({ code: 0, writes: [] });
  expect(store.state).toEqual(before);
});

test("a deletion that takes longer than its time-out says which option to raise", async ({
  stack,
  store,
}) => {
  const declare = (timeout: string) =>
    stack.declare(
      group("QA"),
      user("${QA.groupId}", "John", {}, { options: { customTimeouts: { delete: timeout } } }),
    );
  declare("1s");
  await stack.up();
  stack.declare(group("QA"));
  const late = await stack.up();
  expect(late.code).not.toBe(0);
  expect(late.output).toMatch(/waited \d+ s for user QA\/John to be deleted; raise customTimeouts/);
  expect(await urnOf(stack, "John")).toContain("John");
  const again = await stack.up();
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining("1 deleted") });
  expect(usersIn(store, "QA")).toEqual([]);
});

test("aliases: a renamed resource is the same object", async ({ stack, store }) => {
  const declare = (prefix: string, optionsOf: (name: string) => Record<string, unknown>) =>
    stack.declare(
      group("QA", {}, { name: `${prefix}group`, options: optionsOf("group") }),
      user(`\${${prefix}group.groupId}`, "John", {}, { name: `${prefix}user`, options: optionsOf("user") }),
      credential(`${prefix}key`, "QA", `\${${prefix}user.userId}`, {}, { options: optionsOf("key") }),
    );
  declare("old", () => ({}));
  await stack.up();
  const keys = structuredClone(keysOf(store, "QA", "John"));
  declare("new", (name) => ({ aliases: [{ name: `old${name}` }] }));
  const up = await writing(store, () => stack.up("--expect-no-changes"));
  expect(up).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("4 unchanged") });
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
  expect(keysOf(store, "QA", "John")).toEqual(keys);
  expect(userIn(store, "QA", "John")).toBeDefined();
});
