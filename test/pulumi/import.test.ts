import { expect } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { newCredential } from "../../emulator/hyperstore/keys.ts";
import { emptyGroup, emptyUser } from "../../emulator/hyperstore/state.ts";
import { addUser } from "../../emulator/hyperstore/users.ts";
import { testOn, writing } from "./support/hyperstore.ts";
import { credential, type Declaration, group, user } from "./support/program.ts";
import type { Stack } from "./support/stack.ts";
import { groupIn } from "./support/store.ts";

const test = testOn();

/** A live system that Pulumi knows nothing of, and the program that says just that. */
function live({ state }: HyperStoreEmulator) {
  const info = { ...emptyGroup("QA", "Quality"), s3endpointshttp: ["a", "b"] };
  state.groups.set("QA", { info, ratingPlans: {} });
  const profile = { ...emptyUser("QA", "John", "GroupAdmin"), fullName: "John Thompson" };
  const owner = addUser(state, profile, "", true).info.canonicalUserId;
  const key = { ...newCredential(owner), active: false };
  state.credentials.set(key.accessKey, key);
  const program: [Declaration, ...Declaration[]] = [
    group("QA", { groupName: "Quality", s3EndpointsHttp: ["b", "a"] }),
    user("QA", "John", { fullName: "John Thompson", userType: "GroupAdmin" }),
    credential("key", "QA", "John", { active: false }),
  ];
  return { program, ids: ["QA", "QA/John", `QA/John/${key.accessKey}`], secretKey: key.secretKey };
}

const importing = (stack: Stack, kind: string, name: string, id: string) =>
  stack.run(
    ...["import", `tenantry:hyperstore:${kind}`, name, id],
    ...["--yes", "--skip-preview", "--generate-code=false", "--protect=false"],
  );

test("what exists is imported by its id, and the program that says so changes nothing", async ({
  stack,
  store,
}) => {
  const { program, ids, secretKey } = live(store);
  const before = structuredClone(store.state);
  for (const [index, { type, name }] of program.entries()) {
    const imported = await importing(stack, type, name, ids[index] ?? "");
    expect(imported).toMatchObject({ code: 0, output: expect.not.stringContaining(secretKey) });
  }
  stack.declare(...program);
  const up = await writing(store, () => stack.up("--refresh", "--expect-no-changes"));
  expect(up).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("4 unchanged") });
  expect(store.state).toEqual(before);
  expect((await stack.exported()).text).not.toContain(secretKey);
});

test.for([
  ["User", "John", 'the id "John" is not of the form groupId/userId'],
  ["Credential", "QA/%/KEY", 'the id "QA/%/KEY" is not of the form groupId/userId/accessKey'],
  ["Group", "Nothing", "'Nothing' does not exist"],
] as const)("an import of a %s %s says what is wrong", async ([kind, id, words], { stack }) => {
  const refused = await importing(stack, kind, "wrong", id);
  expect(refused.code).not.toBe(0);
  expect(refused.output).toContain(words);
});

test("the resource option import takes over, and brings to what the program says", async ({
  stack,
  store,
}) => {
  const { program, ids } = live(store);
  const before = structuredClone(store.state);
  const [first, ...others] = program.map((each, index) => ({ ...each, options: { import: ids[index] } }));
  stack.declare({ ...program[0], ...first, args: { groupId: "QA", groupName: "Ours" } }, ...others);
  const up = await writing(store, () => stack.up());
  expect(up).toMatchObject({
    code: 0,
    output: expect.stringContaining("3 imported"),
    writes: ["POST /group"],
  });
  expect(groupIn(store, "QA")).toMatchObject({ groupName: "Ours", s3endpointshttp: ["ALL"] });
  expect(store.state.users).toEqual(before.users);
  expect(store.state.credentials).toEqual(before.credentials);

  stack.declare(group("QA", { groupName: "Ours" }), ...program.slice(1));
  expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
});
