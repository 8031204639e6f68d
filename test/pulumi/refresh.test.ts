import { expect } from "vitest";
import { testOn } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import type { Stack } from "./support/stack.ts";
import { groupIn, keysOf, userIn } from "./support/store.ts";

const test = testOn({ deletionDelayMs: 0 });

/** What a preview shows of a resource, without its URN and provider. */
async function drift(stack: Stack): Promise<Record<string, string>> {
  const { code, output } = await stack.detectDrift("--diff");
  expect(code).toBe(7);
  const blocks = output.split(/\n {4}(?=\S{1,2}\s?tenantry:hyperstore:)/).slice(1);
  return Object.fromEntries(
    blocks.map((block) => [/::([^:\]\s]+)\]/.exec(block)?.[1] ?? "", block.split("\nResources:")[0] ?? ""]),
  );
}
async function repair(stack: Stack): Promise<void> {
  expect(await stack.up("--refresh")).toMatchObject({ code: 0 });
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
}

test("changed, added and reordered fields", async ({ stack, store }) => {
  stack.declare(
    group("Changed", { groupName: "ours" }),
    group("Added"),
    group("Order", { s3EndpointsHttp: ["a", "b"] }),
    group("Content", { s3EndpointsHttp: ["a", "b"] }),
    user("${Changed.groupId}", "John", { fullName: "John", city: "Nowhere" }),
  );
  await stack.up();
  const before = structuredClone(store.state);
  Object.assign(groupIn(store, "Changed") ?? {}, { groupName: "theirs", active: "false" });
  Object.assign(groupIn(store, "Added") ?? {}, { ldapSearch: "(uid={userId})" });
  Object.assign(groupIn(store, "Order") ?? {}, { s3endpointshttp: ["b", "a"] });
  Object.assign(groupIn(store, "Content") ?? {}, { s3endpointshttp: ["a", "c"] });
  Object.assign(userIn(store, "Changed", "John") ?? {}, { userType: "GroupAdmin", city: "" });

  const shown = await drift(stack);
  // Nothing of Order: a list that is a set may come back in any order.
  expect(Object.keys(shown).sort()).toEqual(["Added", "Changed", "Content", "John"]);
  expect(shown.Changed).toMatch(/\n *~ active *: false => true\n *~ groupName: "theirs" => "ours"$/);
  expect(shown.Added).toMatch(/\]\n *- ldapSearch: "\(uid=\{userId\}\)"$/);
  expect(shown.Content).toMatch(/\]\n *~ s3EndpointsHttp: \[[^~]*~ \[1\]: "c" => "b"\n *\]$/);
  expect(shown.John).toMatch(/\]\n *\+ city *: "Nowhere"\n *~ userType: "GroupAdmin" => "User"$/);
  await repair(stack);
  before.groups.get("Order")?.info.s3endpointshttp.reverse();
  expect(store.state).toEqual(before);
});

test("a key that somebody deactivated", async ({ stack, store }) => {
  stack.declare(group("QA"), user("${QA.groupId}", "John"), credential("key", "QA", "${John.userId}"));
  await stack.up();
  const [, key] = keysOf(store, "QA", "John");
  Object.assign(key ?? {}, { active: false });
  const shown = await drift(stack);
  expect(Object.keys(shown)).toEqual(["key"]);
  expect(shown.key).toMatch(/\]\n *~ active: false => true$/);
  await repair(stack);
  expect(keysOf(store, "QA", "John")).toMatchObject([{ active: true }, { ...key, active: true }]);
});

test("a user, its key and a group that somebody deleted", async ({ stack, store }) => {
  stack.declare(
    group("QA"),
    group("Gone"),
    user("${QA.groupId}", "John"),
    user("${QA.groupId}", "Jane"),
    credential("johns", "QA", "${John.userId}"),
    credential("janes", "QA", "${Jane.userId}"),
  );
  await stack.up();
  const [, janes] = keysOf(store, "QA", "Jane");
  store.state.groups.delete("Gone");
  store.state.users.delete(userIn(store, "QA", "John")?.canonicalUserId ?? "");
  store.state.credentials.delete(janes?.accessKey ?? "");
  const shown = await drift(stack);
  expect(Object.keys(shown).sort()).toEqual(["Gone", "John", "janes", "johns"]);
  for (const block of Object.values(shown)) expect(block).toContain("(create)");
  await repair(stack);
  expect(groupIn(store, "Gone")).toBeDefined();
  expect(keysOf(store, "QA", "John")).toHaveLength(2);
  expect(keysOf(store, "QA", "Jane")).toHaveLength(2);
});
