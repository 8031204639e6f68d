import { expect } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { testOn, urnOf, writing } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import { groupIn, keysOf, writesTo } from "./support/store.ts";

// The key that comes with a user, and one more.
const test = testOn({ credentialLimit: 2, deletionDelayMs: 50 });

test("a new id is made before the old one goes, with everything in it", async ({ stack, store }) => {
  const declare = (groupId: string) =>
    stack.declare(group(groupId, {}, { name: "team" }), user("${team.groupId}", "John"));
  declare("QA");
  await stack.up();
  declare("Quality");
  const up = await writing(store, () => stack.up());
  expect(up).toMatchObject({ code: 0, output: expect.stringContaining("2 replaced") });
  expect(up.writes).toEqual(["PUT /group", "PUT /user", "DELETE /user", "DELETE /group"]);
  expect([...store.state.groups.keys()]).toEqual(["0", "Quality"]);
});

test("what may keep its id goes first in a plan that does not know the new one", async ({ stack }) => {
  stack.declare(group("QA"), user("${QA.groupId}", "John", {}, { name: "John" }));
  await stack.up();
  const jane = user("${QA.groupId}", "Jane");
  stack.declare(group("QA"), jane, user("${QA.groupId}", "${Jane.canonicalUserId}", {}, { name: "John" }));
  const { code, output } = await stack.preview("--json", "--show-replacement-steps");
  expect(code).toBe(0);
  const { steps } = JSON.parse(output.slice(output.indexOf("{")));
  const about = steps.filter(({ urn }: { urn: string }) => urn.endsWith("::John"));
  expect(about.map(({ op }: { op: string }) => op)).toEqual([
    "delete-replaced",
    "replace",
    "create-replacement",
  ]);
});

test("what keeps its id goes before it is made anew", async ({ stack, store }) => {
  const options = { replaceOnChanges: ["groupName"] };
  const declare = (groupName: string, secretKey: string) =>
    stack.declare(
      group("QA", { groupName }, { options }),
      group("Dev"),
      user("${Dev.groupId}", "John", { initialCredential: "remove" }),
      credential("key", "Dev", "${John.userId}", { accessKey: "GIVEN", secretKey }),
    );
  declare("one", "secret-1");
  await stack.up();
  declare("two", "secret-2");
  const up = await writing(store, () => stack.up());
  expect(up).toMatchObject({ code: 0, output: expect.stringContaining("2 replaced") });
  const about = (what: string) => up.writes.filter((each) => each.endsWith(what));
  expect(about("/group")).toEqual(["DELETE /group", "PUT /group"]);
  expect(about("/user/credentials")).toEqual(["DELETE /user/credentials", "POST /user/credentials"]);
  expect(groupIn(store, "QA")).toMatchObject({ groupName: "two" });
  expect(keysOf(store, "Dev", "John")).toMatchObject([{ accessKey: "GIVEN", secretKey: "secret-2" }]);
});

test("up --replace of an id that the user chose destroys nothing", async ({ stack, store }) => {
  const declare = (options = {}) =>
    stack.declare(group("QA"), user("${QA.groupId}", "John", {}, { options }));
  declare();
  await stack.up();
  const before = structuredClone(store.state);
  // Secrets are encrypted anew with every save.
  const held = async () =>
    JSON.stringify((await stack.exported()).resources).replace(/"ciphertext":"[^"]*"/g, "");
  const heldBefore = await held();
  const john = await urnOf(stack, "John");

  const refused = await stack.up("--replace", john);
  expect(refused.code).not.toBe(0);
  expect(refused.output).toMatch(/exists already[\s\S]*deleteBeforeReplace/);
  expect(store.state).toEqual(before);
  expect(await held()).toBe(heldBefore);

  declare({ deleteBeforeReplace: true });
  const replaced = await writing(store, () => stack.up("--replace", john));
  expect(replaced).toMatchObject({ code: 0, writes: ["DELETE /user", "PUT /user"] });
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
});

const declareKey = (active: boolean, initialCredential: string, options = {}) => [
  group("QA"),
  user("${QA.groupId}", "John", { initialCredential }),
  credential("key", "QA", "${John.userId}", { active }, { options, export: ["accessKey"] }),
];

test("a replaced key lives until the new one does", async ({ stack, store }) => {
  const options = { replaceOnChanges: ["active"] };
  stack.declare(...declareKey(false, "remove", options));
  await stack.up();
  const [first] = keysOf(store, "QA", "John");
  stack.declare(...declareKey(true, "remove", options));
  store.requests.length = 0;
  expect(await stack.up()).toMatchObject({ code: 0, output: expect.stringContaining("1 replaced") });
  const done = writesTo(store).filter((each) => each.endsWith("200"));
  expect(done).toEqual(["POST /user/credentials 200", "DELETE /user/credentials 200"]);
  const [second, ...others] = keysOf(store, "QA", "John");
  expect(others).toEqual([]);
  expect(second?.accessKey).not.toBe(first?.accessKey);
  expect(second?.secretKey).not.toBe(first?.secretKey);
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
});

test("a key whose user may have no more is replaced only with deleteBeforeReplace", async ({
  stack,
  store,
}) => {
  const options = { replaceOnChanges: ["active"] };
  stack.declare(...declareKey(true, "keep", options));
  await stack.up();
  const before = structuredClone(store.state.credentials);
  stack.declare(...declareKey(false, "keep", options));
  const refused = await stack.up();
  expect(refused.code).not.toBe(0);
  expect(refused.output).toMatch(/as many credentials as the system allows[\s\S]*deleteBeforeReplace/);
  expect(store.state.credentials).toEqual(before);
  expect(before.has(String((await stack.outputs()).key_accessKey))).toBe(true);

  stack.declare(...declareKey(false, "keep", { ...options, deleteBeforeReplace: true }));
  const replaced = await writing(store, () => stack.up());
  expect(replaced).toMatchObject({ code: 0, output: expect.stringContaining("1 replaced") });
  expect(replaced.writes.slice(0, 2)).toEqual(["DELETE /user/credentials", "POST /user/credentials"]);
  expect(keysOf(store, "QA", "John")).toMatchObject([{ active: true }, { active: false }]);
});

const onlyKey = (store: HyperStoreEmulator) => {
  const [key, ...others] = structuredClone(keysOf(store, "QA", "John"));
  expect(others).toEqual([]);
  return key;
};

test("a key is replaced when its trigger changes", async ({ stack, store }) => {
  const declare = (replacementTrigger: string) =>
    stack.declare(...declareKey(true, "remove", { replacementTrigger }));
  declare("January");
  await stack.up();
  const first = onlyKey(store);
  declare("February");
  expect(await stack.up()).toMatchObject({ code: 0, output: expect.stringContaining("1 replaced") });
  expect(onlyKey(store)?.secretKey).not.toBe(first?.secretKey);
});

test("a key is replaced by --replace, unless a killed run may have just made it", async ({
  stack,
  store,
}) => {
  stack.declare(...declareKey(true, "remove"));
  await stack.up();
  const first = onlyKey(store);
  const urn = await urnOf(stack, "key");
  const kept = await stack.up("--replace", urn);
  expect(kept).toMatchObject({ code: 0, output: expect.stringContaining("is kept, and not replaced") });
  expect(onlyKey(store)).toEqual(first);

  for (const key of store.state.credentials.values()) key.createDate -= 24 * 3600_000;
  expect(await stack.up("--replace", urn)).toMatchObject({ code: 0 });
  expect(onlyKey(store)?.secretKey).not.toBe(first?.secretKey);
  expect(await stack.outputs()).toEqual({ key_accessKey: onlyKey(store)?.accessKey });
});
