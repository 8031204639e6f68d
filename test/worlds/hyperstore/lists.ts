import { edit } from "../../../emulator/hyperstore/edit.ts";
import { emptyGroup, emptyUser, type State } from "../../../emulator/hyperstore/state.ts";
import { ofBucket } from "../../../emulator/hyperstore/subjects.ts";
import { addUser } from "../../../emulator/hyperstore/users.ts";
import { getBucketTags } from "../../../provider/hyperstore/functions/buckets.ts";
import { listEvents } from "../../../provider/hyperstore/functions/events.ts";
import { listGroups } from "../../../provider/hyperstore/functions/groups.ts";
import { getGroupByteCount, getGroupObjectCount } from "../../../provider/hyperstore/functions/stored.ts";
import { getRawBucketUsage, getUsage } from "../../../provider/hyperstore/functions/usage.ts";
import { listDeletedUsers, listUsers } from "../../../provider/hyperstore/functions/users.ts";
import { hyperstore } from "../../../provider/hyperstore/system.ts";
import type { ProviderFunction } from "../../../provider/resource/definition.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { start } from "../../emulator/hyperstore/harness.ts";
import { sessionWith } from "../../hyperstore/kit.ts";
import { column, type Filled, type List, names } from "../list.ts";

const groupId = "QA";
type Fill = (state: State, rows: readonly string[]) => void;

const groups: Fill = ({ groups }, rows) => {
  for (const row of rows) groups.set(row, { info: emptyGroup(row), ratingPlans: {} });
};
const users: Fill = (state, rows) => {
  state.groups.set(groupId, { info: emptyGroup(groupId), ratingPlans: {} });
  for (const row of rows) addUser(state, emptyUser(groupId, row, "User"), "", false);
};
const deleted: Fill = (state, rows) => {
  users(state, rows);
  for (const user of state.users.values()) if (user.info.groupId === groupId) user.deletedAt = 1;
};
const tagged: Fill = (state, rows) => {
  users(state, rows);
  for (const userId of rows) {
    edit(state, { action: "giveBucket", groupId, userId, bucketName: `of-${userId}` });
    edit(state, { action: "changeBucket", bucketName: `of-${userId}`, bucket: { tags: { a: "b" } } });
  }
};

async function running(fill: Fill, size: number) {
  const emulator = await start({ iam: true, initialCredential: false });
  const { state, requests, url, password, iam } = emulator;
  const rows = names(size);
  fill(state, rows);
  const admin = sessionWith({ hyperstoreEndpoint: url, hyperstorePassword: password });
  const reader = sessionWith({
    hyperstoreIamEndpoint: String(iam?.url),
    hyperstoreReadOnlyAccessKey: String(iam?.accessKey),
    hyperstoreReadOnlySecretKey: String(iam?.secretKey),
  });
  return { state, rows, admin, reader, count: () => requests.length };
}

type Way = "admin" | "reader";

/** A function that answers all, through either service where both have it. */
const all = (
  definition: ProviderFunction,
  fill: Fill,
  args: Properties,
  [output, key]: [string, string],
  ways: readonly Way[] = ["admin"],
): List[] =>
  ways.map((way) => ({
    name: way === "admin" ? definition.token : `${definition.token}, of the IAM Service`,
    limit: 100,
    isEndTold: true,
    async start(size): Promise<Filled> {
      const { rows, count, ...sessions } = await running(fill, size);
      return {
        rows,
        ask: async () => column((await sessions[way].ask(definition, args))[output], key),
        count,
      };
    },
  }));

const both: Way[] = ["admin", "reader"];

/** What a refresh reads one by one, and is served from pages. */
const refreshed: List[] = both.flatMap((way) =>
  (["groups", "users"] as const).map((what) => ({
    name: `a refresh of ${what}, ${way}`,
    limit: 100,
    isEndTold: true,
    async start(size: number): Promise<Filled> {
      const { rows, count, ...sessions } = await running({ groups, users }[what], size);
      const { session } = sessions[way];
      const { listed } = session.connection(hyperstore).client(session.scope(undefined, undefined), "read");
      const one = async (row: string) =>
        what === "groups"
          ? (await listed.getGroup(row))?.groupId
          : (await listed.getUser({ groupId, userId: row }))?.userId;
      return {
        rows,
        ask: async () => {
          const found: string[] = [];
          for (const row of rows) found.push(String(await one(row)));
          return found;
        },
        // The first is asked for by itself.
        count: () => Math.max(0, count() - 1),
      };
    },
  })),
);

const nodeId = "centos7-vm1";
const interval = { startTime: "202407201200", endTime: "202407201300" };
const limit = 100;

/** What answers no more than the caller wants, and says whether there is more. */
const cut = (
  definition: ProviderFunction,
  fill: Fill,
  args: Properties,
  answerOf: (outputs: Properties) => { rows: unknown; more: unknown },
  key: string,
): List => ({
  name: definition.token,
  limit,
  isEndTold: true,
  async start(size): Promise<Filled> {
    const { rows, count, admin } = await running(fill, size);
    const answer = async () => answerOf(await admin.ask(definition, { ...args, limit }));
    return {
      rows,
      ask: async () => column((await answer()).rows, key),
      count,
      isCut: true,
      more: async () => (await answer()).more,
    };
  },
});

const raised: Fill = (state, rows) => {
  const event = { nodeId, statId: "cpu", condition: ">", conditionVal: "9", value: "10", severityLevel: 1 };
  for (const eventType of rows) edit(state, { action: "raiseEvent", event: { ...event, eventType } });
};

/** Each record is known by its figure. */
const used: Fill = (state, rows) => {
  users(state, ["John"]);
  edit(state, { action: "giveBucket", groupId, userId: "John", bucketName: "b" });
  const bucket = [...state.users.values()].flatMap(({ buckets }) => buckets)[0];
  if (!bucket) throw new Error("no bucket");
  state.usage.ofBuckets = true;
  for (const [nth, value] of rows.entries())
    state.usage.records.push({
      granularity: "raw",
      subject: ofBucket(state, bucket),
      region: "region1",
      operation: "SB",
      timestamp: Date.UTC(2024, 6, 20, 12) + nth,
      value,
      maxValue: "0",
      count: 1,
    });
};

export const paged: readonly List[] = [
  ...all(listGroups, groups, {}, ["groups", "groupId"], both),
  ...all(listUsers, users, { groupId }, ["users", "userId"], both),
  ...all(listDeletedUsers, deleted, { groupId }, ["users", "userId"], both),
  ...all(getGroupByteCount, users, { groupId }, ["users", "userId"]),
  ...all(getGroupObjectCount, users, { groupId }, ["users", "userId"]),
  ...all(getBucketTags, tagged, { groupId }, ["buckets", "userId"]),
  ...refreshed,
  cut(listEvents, raised, { nodeId }, ({ events, more }) => ({ rows: events, more }), "eventType"),
  cut(
    getUsage,
    used,
    { bucket: "b", operation: "SB", granularity: "raw", ...interval },
    ({ usage, more }) => ({ rows: usage, more }),
    "value",
  ),
  cut(
    getRawBucketUsage,
    used,
    { buckets: ["b"], ...interval },
    ({ buckets }) => {
      const [bucket] = buckets as Properties[];
      return { rows: bucket?.usage ?? [], more: bucket?.more };
    },
    "value",
  ),
];

/** Functions whose lists come in one answer. */
export const whole: readonly string[] = [
  "getGroup",
  "listMfaDevices",
  "listCredentials",
  "getAllowlist",
  "listRatingPlans",
  "listStoragePolicies",
  "getBucketsPerPolicy",
  "listBuckets",
  "getBucketUsage",
  "getAudit",
  "getDataCenters",
  "getLicense",
  "getBill",
  "listNodes",
  "getNode",
  "getMonitor",
  "getHistory",
  "listNotificationRules",
].map((name) => `tenantry:hyperstore:${name}`);
