import { expect } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { testOn, writing } from "./support/hyperstore.ts";
import { credential, type Declaration, group, user } from "./support/program.ts";
import type { Stack } from "./support/stack.ts";
import { groupIn, keysOf, userIn } from "./support/store.ts";

const test = testOn({ iam: true });

/** All that keys which only read can check. */
const checkable = (groupName = "Quality"): Declaration[] => [
  group("QA", { groupName, s3EndpointsHttp: ["s3.example.com"] }),
  user("${QA.groupId}", "John", { fullName: "John Thompson", initialCredential: "remove", unlock: true }),
  credential("key", "QA", "${John.userId}"),
  {
    type: "QosLimits",
    name: "limits",
    args: { groupId: "${John.groupId}", userId: "${John.userId}", hlRequestRate: 600 },
  },
];
const uncheckable: Declaration = { type: "Allowlist", name: "allowlist", args: { list: ["10.20.2.10"] } };

/** From here on the job has the keys alone. */
function giveKeysOnly(stack: Stack, { iam }: HyperStoreEmulator): void {
  for (const name of ["ENDPOINT", "USERNAME", "PASSWORD"]) delete stack.env[`HYPERSTORE_${name}`];
  Object.assign(stack.env, {
    HYPERSTORE_IAM_ENDPOINT: iam?.url,
    HYPERSTORE_READ_ONLY_ACCESS_KEY: iam?.accessKey,
    HYPERSTORE_READ_ONLY_SECRET_KEY: iam?.secretKey,
  });
}

const inputsOf = async (stack: Stack) =>
  Object.fromEntries((await stack.exported()).resources.map(({ urn, inputs }) => [urn, inputs]));

async function deploy(stack: Stack, ...program: Declaration[]): Promise<void> {
  stack.declare(...program);
  expect(await stack.up()).toMatchObject({ code: 0 });
}

test("a job whose keys can only read is silent while nothing changes", async ({ stack, store }) => {
  await deploy(stack, ...checkable());
  giveKeysOnly(stack, store);
  const held = (await stack.exported()).text;
  const night = await writing(store, () => stack.detectDrift());
  expect(night).toMatchObject({ code: 0, writes: [] });
  const asked = store.requests.map(({ path, query }) => query.Action ?? path);
  expect(new Set(asked)).toEqual(
    new Set([
      "GetCloudianSystemLicense",
      "GetCloudianGroup",
      "GetCloudianUser",
      "GetCloudianUserList",
      "GetCloudianUserCredentialsList",
      "GetCloudianQosLimits",
    ]),
  );
  expect((await stack.exported()).text).toBe(held);
});

test("it ends with 7 when something drifted, and shows what", async ({ stack, store }) => {
  await deploy(stack, ...checkable());
  giveKeysOnly(stack, store);
  const { state } = store;
  Object.assign(groupIn(store, "QA") ?? {}, { groupName: "Other" });
  Object.assign(userIn(store, "QA", "John") ?? {}, { fullName: "Other" });
  for (const key of keysOf(store, "QA", "John")) key.active = false;
  for (const limits of state.qos.values()) limits.hlRequestRate = 1;
  const night = await writing(store, () => stack.detectDrift("--diff"));
  expect(night).toMatchObject({ code: 7, writes: [], output: expect.stringContaining("4 to update") });
  for (const drifted of ["groupName", "fullName", "active", "hlRequestRate"])
    expect(night.output).toContain(`~ ${drifted}`);
});

test("it ends with 7 when a key is gone", async ({ stack, store }) => {
  await deploy(stack, ...checkable());
  giveKeysOnly(stack, store);
  store.state.credentials.delete(keysOf(store, "QA", "John")[0]?.accessKey ?? "");
  const night = await writing(store, () => stack.detectDrift());
  expect(night).toMatchObject({ code: 7, writes: [], output: expect.stringContaining("1 to create") });
});

test("what the keys cannot check ends it with an error, or is named where that is wished", async ({
  stack,
  store,
}) => {
  await deploy(stack, ...checkable(), uncheckable);
  giveKeysOnly(stack, store);
  const night = await writing(store, () => stack.detectDrift());
  expect([0, 7]).not.toContain(night.code);
  expect(night.writes).toEqual([]);
  expect(night.output).toContain('HyperStore Allowlist "Default-WL": GET /allowlist is not among');
  expect(night.output).toContain("HYPERSTORE_REFUSE_WRITES=true");

  stack.env.HYPERSTORE_UNCHECKABLE = "skip";
  const skipped = await writing(store, () => stack.detectDrift());
  expect(skipped).toMatchObject({ code: 0, writes: [] });
  expect(skipped.output).toMatch(
    /warning: HyperStore Allowlist "Default-WL" was not checked: GET \/allowlist/,
  );

  Object.assign(userIn(store, "QA", "John") ?? {}, { fullName: "Other" });
  const drifted = await stack.detectDrift();
  expect(drifted).toMatchObject({ code: 7, output: expect.stringContaining("was not checked") });
});

test("it can change nothing: a program that tries is refused before anything is sent", async ({
  stack,
  store,
}) => {
  await deploy(stack, ...checkable());
  giveKeysOnly(stack, store);
  const held = await inputsOf(stack);
  const before = structuredClone(store.state.groups);
  for (const program of [checkable("Other"), [...checkable(), group("New")], checkable().slice(0, -1)]) {
    stack.declare(...program);
    expect(await stack.preview()).toMatchObject({ code: 0 });
    store.requests.length = 0;
    const up = await stack.up();
    expect(up.code).not.toBe(0);
    expect(up.output).toMatch(
      /nothing was sent, because this run has keys that can only read.*HYPERSTORE_PASSWORD/,
    );
    expect(store.requests).toEqual([]);
  }
  expect(store.state.groups).toEqual(before);
  expect(await inputsOf(stack)).toEqual(held);
});

test("with Admin credentials, a job that refuses writes checks everything and changes nothing", async ({
  stack,
  store,
}) => {
  await deploy(stack, ...checkable(), uncheckable);
  stack.env.HYPERSTORE_REFUSE_WRITES = "true";
  expect(await writing(store, () => stack.detectDrift())).toMatchObject({ code: 0, writes: [] });
  store.state.allowlist = { ...store.state.allowlist, list: [] };
  expect(await stack.detectDrift("--diff")).toMatchObject({
    code: 7,
    output: expect.stringContaining("list"),
  });
  const up = await writing(store, () => stack.up("--refresh"));
  expect(up.code).not.toBe(0);
  expect(up).toMatchObject({ writes: [], output: expect.stringContaining("hyperstoreRefuseWrites") });
});

test("keys whose policy lacks an action say which one", async ({ stack, store }) => {
  await deploy(stack, ...checkable());
  giveKeysOnly(stack, store);
  const admin = [...store.state.users.values()].find(({ info }) => info.userId === "admin");
  Object.assign(admin ?? {}, {
    iamPolicies: { auditor: ["admin:GetCloudianGroup*", "admin:GetCloudianSystem*"] },
  });
  const night = await stack.detectDrift();
  expect([0, 7]).not.toContain(night.code);
  expect(night.output).toMatch(/HyperStore User "QA\/John": .*policy must allow admin:GetCloudianUser,/);
});
