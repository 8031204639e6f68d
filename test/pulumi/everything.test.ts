import { expect, vi } from "vitest";
import { edit } from "../../emulator/hyperstore/edit.ts";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { toJson } from "../../emulator/hyperstore/json.ts";
import { rulesOf } from "../../emulator/hyperstore/rules.ts";
import { hyperstoreCatalog } from "../../provider/hyperstore/index.ts";
import { testOn, writing } from "./support/hyperstore.ts";
import type { Declaration } from "./support/program.ts";
import { addGroup, addUser, groupIn, keysOf, userIn } from "./support/store.ts";

vi.setConfig({ testTimeout: 240_000 });
const test = testOn();

const keeper = { groupId: "Held", userId: "keeper" };
const objects = { bucketName: "archive", objectName: "2030/summary.pdf" };

/** One of every kind. The bucket and its owner are there before. */
const program: Declaration[] = [
  { type: "Group", name: "group", args: { groupId: "QA", groupName: "Quality" } },
  {
    type: "User",
    name: "user",
    args: {
      groupId: "${group.groupId}",
      userId: "ada",
      fullName: "Ada",
      password: { $secret: "Secret-Word-1" },
      initialCredential: "remove",
      unlock: true,
    },
  },
  { type: "Credential", name: "key", args: { groupId: "${user.groupId}", userId: "${user.userId}" } },
  {
    type: "QosLimits",
    name: "limits",
    args: { groupId: "${user.groupId}", userId: "${user.userId}", hlRequestRate: 600 },
  },
  { type: "Allowlist", name: "allowlist", args: { list: ["10.20.2.10", "10.30.0.0/16"] } },
  {
    type: "NotificationRule",
    name: "rule",
    args: { statId: "cpu", condition: ">", conditionVal: "0.8", email: "ops@example.com", severityLevel: 2 },
  },
  { type: "PackagedNotificationRule", name: "packaged", args: { ruleId: "12", enabled: false } },
  {
    type: "TieringCredential",
    name: "tiering",
    args: {
      bucketName: objects.bucketName,
      accessKey: "tier-key",
      secretKey: { $secret: "tiering-secret-1" },
    },
  },
  {
    type: "AzureTieringCredential",
    name: "azure",
    args: { bucketName: objects.bucketName, accountName: "account", accountKey: { $secret: "azure-key-1" } },
  },
  {
    type: "SpectraTieringCredential",
    name: "spectra",
    args: {
      bucketName: objects.bucketName,
      accessKey: "spectra-key",
      secretKey: { $secret: "spectra-secret-1" },
    },
  },
  {
    type: "RatingPlan",
    name: "plan",
    args: { ratingPlanId: "Gold", name: "Gold", mapRules: { storageBytes: [{ price: "0.15" }] } },
  },
  {
    type: "RatingPlanAssignment",
    name: "assignment",
    args: { groupId: "${user.groupId}", userId: "${user.userId}", ratingPlanId: "${plan.ratingPlanId}" },
  },
  {
    type: "PublicUrl",
    name: "url",
    args: { ...keeper, ...objects, expiryTime: "2099-01-31T12:00:00Z", maxDownloadNum: 5 },
  },
];

/** What somebody else does to each of them, by the names of the program. */
const hands: Record<string, (store: HyperStoreEmulator) => unknown> = {
  group: (store) => Object.assign(groupIn(store, "QA") ?? {}, { groupName: "Somebody's" }),
  user: ({ state }) => edit(state, { action: "lockUser", groupId: "QA", userId: "ada" }),
  key: (store) => Object.assign(keysOf(store, "QA", "ada")[0] ?? {}, { active: false }),
  limits: ({ state }) => [...state.qos.values()].map((limits) => Object.assign(limits, { hlRequestRate: 1 })),
  allowlist: ({ state }) => Object.assign(state.allowlist, { list: [] }),
  rule: ({ state }) => Object.assign(rulesOf(state, "region1").at(-1) ?? {}, { severityLevel: 1 }),
  packaged: ({ state }) =>
    Object.assign(rulesOf(state, "region1").find(({ ruleId }) => ruleId === "12") ?? {}, { enabled: true }),
  tiering: (store) => Object.assign(tieringIn(store, "/tiering/credentials"), { name: "another" }),
  azure: (store) => Object.assign(tieringIn(store, "/tiering/azure/credentials"), { key: "another" }),
  spectra: (store) => Object.assign(tieringIn(store, "/tiering/spectra/credentials"), { name: "another" }),
  plan: ({ state }) => Object.assign(state.ratingPlans.get("Gold") ?? {}, { name: "Lead" }),
  assignment: (store) =>
    [...store.state.users.values()].map(({ info, ratingPlans }) =>
      Object.assign(ratingPlans, info.userId === "ada" ? { region1: "Default-RP" } : {}),
    ),
  url: ({ state }) =>
    [...state.objects.values()].map(({ publicUrls }) =>
      Object.assign(publicUrls[0] ?? {}, { maxDownloadNum: 9 }),
    ),
};

test("one program with every kind of resource: made, watched, repaired and taken down", async ({
  stack,
  store,
}) => {
  const kinds = hyperstoreCatalog.resources.map(({ token }) => token.split(":").at(-1));
  expect(program.map(({ type }) => type).sort()).toEqual(kinds.sort());
  expect(Object.keys(hands)).toEqual(program.map(({ name }) => name));
  addGroup(store, keeper.groupId);
  addUser(store, keeper.groupId, keeper.userId);
  edit(store.state, { action: "giveBucket", ...keeper, bucketName: objects.bucketName });
  edit(store.state, { action: "giveObject", ...keeper, ...objects });
  rulesOf(store.state, "region1"); // come into being when they are first looked at
  const before = withoutDeleted(store);

  stack.declare(...program);
  expect(await stack.up()).toMatchObject({ code: 0, output: expect.not.stringContaining("error:") });
  expect(userIn(store, "QA", "ada")).toBeDefined();
  expect(await writing(store, () => stack.detectDrift())).toMatchObject({ code: 0, writes: [] });

  for (const hand of Object.values(hands)) hand(store);
  const drift = await writing(store, () => stack.detectDrift("--diff"));
  expect(drift).toMatchObject({ code: 7, writes: [] });
  const shown = program.map(({ name }) => name).filter((name) => drift.output.includes(`::${name}]`));
  expect(shown, "the drift of each is shown").toEqual(program.map(({ name }) => name));

  expect(await stack.up("--refresh")).toMatchObject({ code: 0 });
  expect(await writing(store, () => stack.detectDrift())).toMatchObject({ code: 0, writes: [] });

  expect(await stack.destroy()).toMatchObject({ code: 0 });
  expect(withoutDeleted(store)).toEqual(before);
});

const tieringIn = ({ state }: HyperStoreEmulator, path: string) =>
  state.tiering.get(JSON.stringify([path, objects.bucketName])) ?? {};

/** Deleted users stay known to the system, and a public URL once given out is forbidden, not forgotten. */
function withoutDeleted({ state }: HyperStoreEmulator) {
  const all = structuredClone(toJson(state)) as {
    users: { deletedAt?: number }[];
    objects: { publicUrls: unknown[] }[];
  };
  return {
    ...all,
    users: all.users.filter(({ deletedAt }) => deletedAt === undefined),
    objects: all.objects.map((each) => ({ ...each, publicUrls: [] })),
  };
}
