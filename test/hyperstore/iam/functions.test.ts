import { describe, expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { ofGroup, ofUser } from "../../../emulator/hyperstore/subjects.ts";
import { findUser } from "../../../emulator/hyperstore/users.ts";
import { getBill } from "../../../provider/hyperstore/functions/billing.ts";
import { getCredential, listCredentials } from "../../../provider/hyperstore/functions/credentials.ts";
import { listEvents } from "../../../provider/hyperstore/functions/events.ts";
import { getGroup, listGroups } from "../../../provider/hyperstore/functions/groups.ts";
import { getLicense } from "../../../provider/hyperstore/functions/license.ts";
import { isUserLocked } from "../../../provider/hyperstore/functions/logins.ts";
import { getMonitor, getNode, listNodes } from "../../../provider/hyperstore/functions/monitor.ts";
import { getQosLimits } from "../../../provider/hyperstore/functions/qos.ts";
import { getDataCenters, getVersion } from "../../../provider/hyperstore/functions/system.ts";
import { getUsage } from "../../../provider/hyperstore/functions/usage.ts";
import { getUser, listUsers } from "../../../provider/hyperstore/functions/users.ts";
import type { ProviderFunction } from "../../../provider/resource/definition.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { start } from "../../emulator/hyperstore/harness.ts";
import { sessionWith } from "../kit.ts";
import { withReader } from "./kit.ts";

const john = { groupId: "QA", userId: "John" };
const billingPeriod = "202407";
const nodeId = "centos7-vm1";

const event = {
  nodeId,
  eventType: "14|",
  statId: "svcS3",
  condition: "=",
  conditionVal: "SVC_DOWN",
  value: "SVC_DOWN",
  severityLevel: 2,
};

/** John with a key, who used something in July 2024 and was billed for it. */
async function withJohnsUse(...given: Parameters<typeof withReader>) {
  const world = await withReader({ initialCredential: true, ...given[0] }, given[1]);
  const { state, send } = world;
  const user = findUser(state, "QA", "John");
  if (!user) throw new Error("no John");
  for (const subject of [ofUser(user), ofGroup("QA")])
    for (const hour of [0, 1])
      state.usage.records.push({
        granularity: "hour",
        subject,
        region: "region1",
        operation: "SB",
        timestamp: Date.UTC(2024, 6, 1, hour),
        value: "9007199254740993",
        maxValue: "1",
        count: 744,
      });
  edit(state, { action: "raiseEvent", event });
  await send("POST", "/billing", { query: { billingPeriod, ...john } });
  await send("POST", "/billing", { query: { billingPeriod, groupId: "QA" } });
  const canonicalUserId = user.info.canonicalUserId;
  const [key] = [...state.credentials.values()].filter(({ owner }) => owner === canonicalUserId);
  return { ...world, canonicalUserId, accessKey: key?.accessKey ?? "" };
}
type World = Awaited<ReturnType<typeof withJohnsUse>>;

const asked: [name: string, definition: ProviderFunction, args: (world: World) => Properties][] = [
  ["getGroup", getGroup, () => ({ groupId: "QA" })],
  ["listGroups", listGroups, () => ({})],
  ["getUser", getUser, () => john],
  ["getUser by canonical id", getUser, ({ canonicalUserId }) => ({ canonicalUserId })],
  ["listUsers", listUsers, () => ({ groupId: "QA" })],
  [
    "listUsers of one type",
    listUsers,
    () => ({ groupId: "0", userType: "admin", userStatus: "active", prefix: "ad" }),
  ],
  ["listUsers of nobody", listUsers, () => ({ groupId: "nobody" })],
  ["isUserLocked", isUserLocked, () => john],
  ["getCredential", getCredential, ({ accessKey }) => ({ accessKey })],
  ["listCredentials", listCredentials, () => john],
  ["getQosLimits of a user", getQosLimits, () => john],
  ["getQosLimits of a region", getQosLimits, () => ({ groupId: "*", userId: "ALL" })],
  ["getLicense", getLicense, () => ({})],
  ["getVersion", getVersion, () => ({})],
  ["listNodes", listNodes, () => ({})],
  ["getNode", getNode, () => ({ nodeId })],
  ["getMonitor", getMonitor, () => ({})],
  ["listEvents", listEvents, () => ({ nodeId })],
  [
    "getUsage",
    getUsage,
    () => ({
      ...john,
      operation: "SB",
      granularity: "hour",
      startTime: "202407010000",
      endTime: "202407020000",
    }),
  ],
  ["getBill", getBill, () => ({ ...john, billingPeriod })],
  ["getBill by canonical id", getBill, ({ canonicalUserId }) => ({ canonicalUserId, billingPeriod })],
];

/** Without secret keys, and without the moment at which something was measured. */
const comparable = (value: Properties): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, each) => (name === "secretKey" || name === "timestamp" ? undefined : each)),
  );

describe("keys that only read", () => {
  test.each(asked)("are answered %s as the Admin API does", async (_, definition, args) => {
    const world = await withJohnsUse();
    const { admin, reader, seen } = world;
    const expected = await admin.ask(definition, args(world));
    seen();
    const answer = await reader.ask(definition, args(world));
    expect(comparable(answer)).toEqual(comparable(expected));
    expect(JSON.stringify(answer)).not.toContain("secretKey");
    expect(seen().filter((name) => !name.startsWith("GetCloudian"))).toEqual([]);
  });

  test("know both spellings of two actions", async () => {
    const world = await withJohnsUse({ iam: { tableSpelling: true } });
    for (const name of ["getQosLimits of a user", "listNodes"]) {
      const [, definition, args] = asked.find(([each]) => each === name) as (typeof asked)[number];
      expect(await world.reader.ask(definition, args(world))).toEqual(
        await world.admin.ask(definition, args(world)),
      );
    }
  });

  test("are not answered what is not offered", async () => {
    const { reader } = await withJohnsUse();
    await expect(reader.ask(getBill, { groupId: "QA", billingPeriod })).rejects.toThrow(
      /^GET \/billing is not among what read-only keys reach/,
    );
  });

  test.each<[what: string, definition: ProviderFunction, args: Properties, error: RegExp]>([
    ["a group", getGroup, { groupId: "nobody" }, /^there is no group "nobody"/],
    ["a user", getUser, { groupId: "QA", userId: "nobody" }, /^there is no user "QA\/nobody"/],
    [
      "a user of no group",
      getUser,
      { groupId: "nobody", userId: "John" },
      /^there is no user "nobody\/John"/,
    ],
    ["limits", getQosLimits, { groupId: "QA", userId: "nobody" }, /^there is no user "QA\/nobody"/],
    ["a node", getNode, { nodeId: "nobody" }, /GetCloudianMonitorHost.*answered 4/],
  ])("say that there is not %s", async (_, definition, args, error) => {
    const { reader } = await withJohnsUse();
    await expect(reader.ask(definition, args)).rejects.toThrow(error);
  });
});

describe("what is wrong with the keys is said:", () => {
  const wrong = (config: Properties) => withReader({}, config).then(({ reader }) => reader.ask(getVersion));

  test("the access key", async () => {
    await expect(wrong({ hyperstoreReadOnlyAccessKey: "unknown" })).rejects.toThrow(
      /InvalidClientTokenId.*check hyperstoreReadOnlyAccessKey/,
    );
  });
  test("the secret key, without showing it", async () => {
    const secret = "not the secret of this key";
    const error = await wrong({ hyperstoreReadOnlySecretKey: secret }).catch((each: Error) => each);
    expect(String(error)).toMatch(/SignatureDoesNotMatch.*check hyperstoreReadOnlySecretKey/);
    expect(String(error)).not.toContain(secret);
  });
  test("the policy, with both spellings where there are two", async () => {
    const { reader, state, iam } = await withReader();
    for (const { iamPolicies } of state.users.values()) if (iamPolicies) iamPolicies.auditor = [];
    await expect(reader.ask(getGroup, { groupId: "QA" })).rejects.toThrow(
      /AccessDenied.*must allow admin:GetCloudianGroup, and its parent user/,
    );
    await expect(reader.ask(listNodes)).rejects.toThrow(
      /admin:GetCloudianMonitorNodeList and admin:GetCloudianMonitorNodelist,/,
    );
    expect(iam.accessKey).toBeDefined();
  });
  test("the address", async () => {
    const { url } = await withReader();
    await expect(wrong({ hyperstoreIamEndpoint: url })).rejects.toThrow(
      /no answer of HyperStore's IAM Service. Check hyperstoreIamEndpoint/,
    );
  });
});

test("another node answers for one that does not", async () => {
  const { keys, iam, seen } = await withReader();
  const nodes = { hyperstoreIamEndpoint: `http://127.0.0.1:1,${iam.url}` };
  seen();
  expect(await sessionWith({ ...keys, ...nodes }).ask(getVersion)).toMatchObject({ version: "8.2" });
  expect(seen()).toEqual(["GetCloudianSystemLicense", "GetCloudianSystemVersion"]);
});

test("one certificate authority serves both services", async () => {
  const { url, password, iam, caCert = "" } = await start({ tls: true, iam: true });
  const { ask } = sessionWith({
    hyperstoreEndpoint: url,
    hyperstorePassword: password,
    hyperstoreIamEndpoint: iam?.url ?? "",
    hyperstoreReadOnlyAccessKey: iam?.accessKey ?? "",
    hyperstoreReadOnlySecretKey: iam?.secretKey ?? "",
    hyperstoreCaCert: caCert,
  });
  expect(await ask(getVersion)).toMatchObject({ version: "8.2" });
  expect(await ask(getDataCenters)).toBeDefined();
});
