import { expect } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { installDynamic, program } from "./support/dynamic.ts";
import { environmentOf, testOn, writing } from "./support/hyperstore.ts";
import { createStack, type Stack } from "./support/stack.ts";
import { groupIn, keysOf, userIn, usersIn } from "./support/store.ts";

const timeout = 180_000;
const test = testOn({ deletionDelayMs: 0 });

const tenant = (groupName: string, userId = "John") => `
  const group = new hyperstore.Group("QA", { groupId: "QA", groupName: ${JSON.stringify(groupName)} });
  const user = new hyperstore.User("user", { groupId: group.groupId, userId: ${JSON.stringify(userId)} });
  const key = new hyperstore.Credential("key", { groupId: user.groupId, userId: user.userId });
  exports.active = group.active;
  exports.accessKey = key.accessKey;
  exports.secretKey = key.secretKey;`;

const stateOf = async (stack: Stack, name: string) =>
  (await stack.exported()).resources.find(({ urn }) => urn.endsWith(`::${name}`));

test("up, nothing to do, update, replace, destroy", { timeout }, async ({ stack, store }) => {
  installDynamic(stack);
  program(stack, tenant("first"));
  expect(await writing(store, () => stack.up())).toMatchObject({
    code: 0,
    writes: ["PUT /group", "PUT /user", "POST /user/credentials"],
  });
  const [initial, key] = keysOf(store, "QA", "John");
  expect(await stack.outputs()).toEqual({
    active: true,
    accessKey: key?.accessKey,
    secretKey: key?.secretKey,
  });

  const { resources, text } = await stack.exported();
  const ours = resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/tenantry/hyperstore:"));
  expect(ours.map(({ id }) => id)).toEqual(["QA", "QA/John", `QA/John/${key?.accessKey}`]);
  for (const { inputs, outputs } of ours) {
    expect(String(inputs?.__provider).length).toBeLessThan(100);
    expect(outputs?.__provider).toBe(inputs?.__provider);
  }
  for (const secret of [initial?.secretKey, key?.secretKey]) expect(text).not.toContain(secret);

  store.requests.length = 0;
  const output = expect.stringContaining("4 unchanged");
  expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0, output });
  expect(store.requests).toEqual([]);

  program(stack, tenant("second"));
  expect(await writing(store, () => stack.up())).toMatchObject({ code: 0, writes: ["POST /group"] });
  expect(groupIn(store, "QA")).toMatchObject({ groupName: "second" });

  program(stack, tenant("second", "Jack"));
  expect(await stack.up()).toMatchObject({ code: 0, output: expect.stringContaining("+-2 replaced") });
  expect(usersIn(store, "QA").map(({ userId }) => userId)).toEqual(["Jack"]);
  expect(keysOf(store, "QA", "Jack")).toHaveLength(2);

  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect([store.state.groups.has("QA"), usersIn(store, "QA")]).toEqual([false, []]);
});

test("drift is shown and repaired", { timeout }, async ({ stack, store }) => {
  installDynamic(stack);
  program(
    stack,
    `${tenant("ours")}
    new hyperstore.Group("theirs", { groupId: "theirs" }, { ignoreChanges: ["groupName"] });`,
  );
  await stack.up();
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
  Object.assign(groupIn(store, "QA") ?? {}, { groupName: "changed" });
  Object.assign(groupIn(store, "theirs") ?? {}, { groupName: "changed" });
  const drift = await stack.detectDrift("--diff");
  expect(drift).toMatchObject({ code: 7, output: expect.stringContaining("1 to update") });
  expect(drift.output).toMatch(/groupName +: "ours" => "changed"/);
  const repair = await writing(store, () => stack.up("--refresh"));
  expect(repair).toMatchObject({ code: 0, writes: ["POST /group"] });
  expect(groupIn(store, "QA")).toMatchObject({ groupName: "ours" });
  expect(groupIn(store, "theirs")).toMatchObject({ groupName: "changed" });

  store.state.credentials.clear();
  expect(await stack.detectDrift()).toMatchObject({
    code: 7,
    output: expect.stringContaining("1 to create"),
  });
  store.faults.add({ kind: "401", match: { method: "GET" }, nth: "every" });
  const refused = await stack.run("refresh", "--yes", "--skip-preview");
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("answered 401") });
  expect(refused.output).not.toMatch(/^ +at /m);
});

test("secrets and the configuration of the stack", { timeout }, async ({ store }) => {
  const stack = await createStack();
  installDynamic(stack);
  await stack.config("tenantry:hyperstoreEndpoint", store.url);
  await stack.config("tenantry:hyperstorePassword", store.password, true);
  await stack.config("tenantry:hyperstoreConnections", "4");
  program(
    stack,
    `const { groupId } = new hyperstore.Group("QA", { groupId: "QA" });
    const { userId } = new hyperstore.User("John", { groupId, userId: "John" });
    new hyperstore.Credential("key", { groupId, userId, accessKey: "given", secretKey: "canary" });`,
  );
  const printed = [await stack.preview("--diff"), await stack.up()];
  const first = await stack.exported();
  printed.push(await stack.run("refresh", "--yes", "--skip-preview"), await stack.up("--expect-no-changes"));
  const second = await stack.exported();
  expect(printed.filter(({ code }) => code !== 0)).toEqual([]);
  for (const { output } of printed) expect(output).not.toContain("canary");
  for (const { text } of [first, second]) expect(text).not.toContain("canary");
  expect(keysOf(store, "QA", "John")).toMatchObject([{}, { accessKey: "given", secretKey: "canary" }]);
  await stack.close();
});

test("a half-made object reaches the state and is finished", { timeout }, async ({ stack, store }) => {
  installDynamic(stack);
  program(
    stack,
    `const group = new hyperstore.Group("QA", { groupId: "QA", s3EndpointsHttp: ["a"] });
    new hyperstore.User("John", { groupId: group.groupId, userId: "John", initialCredential: "remove" });`,
  );
  store.faults.add({ kind: "403", match: { method: "POST", path: "/group" } });
  expect(await stack.up()).toMatchObject({ code: 1, output: expect.stringContaining("POST /group") });
  expect(await stateOf(stack, "QA")).toMatchObject({ id: "QA", initErrors: [expect.any(String)] });

  store.faults.add({ kind: "403", match: { path: "/user/credentials/list" } });
  const second = await writing(store, () => stack.up());
  expect(second).toMatchObject({ code: 1, writes: ["POST /group", "PUT /user"] });
  expect(groupIn(store, "QA")).toMatchObject({ s3endpointshttp: ["a"] });

  // A refresh forgets that the create failed, but not what is left to do.
  await stack.run("refresh", "--yes", "--skip-preview");
  expect(await stateOf(stack, "John")).not.toHaveProperty("initErrors");
  expect(await stack.detectDrift()).toMatchObject({ code: 7 });
  const third = await writing(store, () => stack.up());
  expect(third).toMatchObject({ code: 0, writes: ["DELETE /user/credentials"] });
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
  expect(await stack.destroy()).toMatchObject({ code: 0 });
});

test("what exists already is adopted, and not imported", { timeout }, async ({ stack, store }) => {
  installDynamic(stack);
  const group = (options = "{}") =>
    program(stack, `new hyperstore.Group("QA", { groupId: "QA", groupName: "ours" }, ${options});`);
  group('{ import: "QA" }');
  const imported = await stack.up();
  expect(imported).toMatchObject({ code: 1, output: expect.stringContaining("cannot be imported") });

  await elsewhere(store, 'new hyperstore.Group("QA", { groupId: "QA" });');
  group();
  const refused = await stack.up();
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("TENANTRY_ADOPT=1 pulumi up") });
  expect(refused.output).not.toContain("pulumi import");

  stack.env.TENANTRY_ADOPT = "1";
  expect(await stack.up()).toMatchObject({ code: 0, output: expect.stringContaining("is adopted") });
  const { urn = "" } = (await stateOf(stack, "QA")) ?? {};
  // A replacement that nobody asked the provider about makes the new object first, and then deletes the old one.
  expect(await stack.up("--replace", urn)).toMatchObject({ code: 0 });
  expect(groupIn(store, "QA")).toMatchObject({ groupName: "ours" });
});

test("unknowns pass a preview, and wrong arguments do not", { timeout }, async ({ stack, store }) => {
  installDynamic(stack);
  const user =
    "const user = new hyperstore.User('a', { groupId: 'QA', userId: 'a' }, { dependsOn: [group] });";
  const group = "const group = new hyperstore.Group('QA', { groupId: 'QA' });";
  program(
    stack,
    `${group} ${user} new hyperstore.User("b", { groupId: "QA", userId: user.canonicalUserId, city: user.system });`,
  );
  const preview = await writing(store, () => stack.preview("--diff"));
  expect(preview).toMatchObject({ code: 0, writes: [] });
  expect(preview.output).toMatch(/userId +: \[unknown\]/);
  expect(await stack.up()).toMatchObject({ code: 0 });
  const { canonicalUserId = "" } = userIn(store, "QA", "a") ?? {};
  expect(userIn(store, "QA", canonicalUserId)).toMatchObject({ city: expect.stringMatching(/^license/) });

  program(stack, `new hyperstore.Group("QA", { groupId: "Q A", groupNam: "x" });`);
  const { code, output } = await stack.preview();
  expect(code).toBe(1);
  expect(output).toContain('did you mean "groupName"?');
  expect(output).toContain("must be 1 to 64 letters");
  for (const name of Object.keys(environmentOf(store))) delete stack.env[name];
  const unconfigured = expect.stringContaining("HyperStore is not configured");
  expect(await stack.preview()).toMatchObject({ code: 1, output: unconfigured });
});

/** Somebody else's program makes something. */
async function elsewhere(store: HyperStoreEmulator, text: string): Promise<void> {
  const stack = await createStack({ env: environmentOf(store) });
  installDynamic(stack);
  program(stack, text);
  expect(await stack.up()).toMatchObject({ code: 0 });
  await stack.close();
}
