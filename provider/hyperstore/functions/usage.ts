import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { firstOf } from "../../resource/pages.ts";
import type { UsageData } from "../client/usage.ts";
import { count, decimal, wholeText } from "../counts.ts";
import { checkInterval, interval, minutes } from "../moment.ts";
import { hyperstore } from "../system.ts";
import { userOrGroup } from "./address.ts";

const limit = z.int().min(1).max(10_000).default(10_000);

const ofBucketsOnly = ["BI", "BO", "TB", "TO"];
const traffic = ["HG", "HP", "HD"];

const record = z
  .object({
    operation: z.string().describe("What was counted; see the argument `operation`. Section 13.2.5."),
    timestamp: z
      .int()
      .describe(
        "In milliseconds since 1970 UTC. Of raw data when it was recorded, else when the hour, day or month began. Section 13.2.5.",
      ),
    value: z
      .string()
      .describe(
        "A whole number, as text because it can be beyond what a number holds exactly. Raw: the stored bytes or objects at that time, or the bytes of the one transfer. Hour, day, month: of transfers, the sum of their bytes; of `SB` and `SO` the sum of the hourly readings, which is only there to be divided by `count`, see `averageValue`. Of a bucket, `SB` and `SO` are the change within the interval. Section 13.2.5.",
      ),
    count: z
      .int()
      .describe(
        "Hour, day, month: of `SB` and `SO` the number of hourly readings, of transfers the number of requests. 0 in raw data and of buckets. Section 13.2.5.",
      ),
    averageValue: z
      .number()
      .describe(
        "`value` divided by `count`: of `SB` the mean of the stored bytes. Raw, and of buckets: `value`. Section 13.2.5.",
      ),
    maxValue: z
      .int()
      .describe(
        "The highest value within the hour, day or month. 0 in raw data and of buckets. Section 13.2.5.",
      ),
    whitelistValue: z
      .string()
      .describe(
        "As `value`, of traffic from allowlisted addresses alone. `0` of buckets, which count it with the rest. Section 13.2.5.",
      ),
    whitelistCount: z
      .int()
      .describe("As `count`, of traffic from allowlisted addresses alone. Section 13.2.5."),
    whitelistAverageValue: z
      .number()
      .describe("As `averageValue`, of traffic from allowlisted addresses alone. Section 13.2.5."),
    whitelistMaxValue: z
      .int()
      .describe("As `maxValue`, of traffic from allowlisted addresses alone. Section 13.2.5."),
    groupId: z.string().optional().describe("The group; absent of buckets. Section 13.2.5."),
    userId: z
      .string()
      .optional()
      .describe("The user, `*` for a whole group; absent of buckets. Section 13.2.5."),
    bucket: z.string().optional().describe("The bucket; absent of users and groups. Section 13.2.5."),
    policyId: z
      .string()
      .optional()
      .describe("Storage policy of the bucket; absent of users and groups. Section 13.2.5."),
    region: z.string().optional().describe("Service region of the usage; absent of buckets. Section 13.2.5."),
    ip: z
      .string()
      .optional()
      .describe("Address of the client: only in raw data of transfers. Section 13.2.5."),
    uri: z
      .string()
      .optional()
      .describe("URI of the object: only in raw data of users and groups. Section 13.2.5."),
  })
  .meta({ title: "UsageRecord" });

export const getUsage = providerFunction({
  token: "tenantry:hyperstore:getUsage",
  describe:
    "What a group, a user or a bucket stored and transferred in an interval, as recorded or by hour, day or month. At most 10000 records: `more` says whether there were more. Of a system that does not count what is asked for the answer is empty, and a warning says so. Admin API 8.2, section 13.2.",
  inputs: z
    .strictObject({
      ...userOrGroup,
      bucket: z
        .string()
        .min(1)
        .optional()
        .describe(
          "The bucket, instead of a user or group. A system counts the usage of buckets only where that was switched on (section 13.2.3).",
        ),
      operation: z
        .enum(["SB", "SO", "HG", "HP", "HD", ...ofBucketsOnly])
        .describe(
          "`SB` stored bytes, `SO` stored objects, `HG` GET and HEAD requests, `HP` PUT and POST requests, `HD` DELETE requests; a system counts requests only where that was switched on. Of buckets also `BI` bytes in, `BO` bytes out, and `TB` and `TO`, all bytes and objects of the bucket, which exist only where `POST /usage/repair/bucket` was called within the interval. Section 13.2.2.",
        ),
      granularity: z
        .enum(["raw", "hour", "day", "month"])
        .describe(
          "Raw data, which covers at most 24 hours at a time, or what it was rolled up to. Section 13.2.2.",
        ),
      ...interval,
      reversed: z.boolean().default(false).describe("The latest first. Not for buckets. Section 13.2.2."),
      limit: limit.describe("Most records to answer, 1 to 10000. Section 13.2.2."),
      region: z
        .string()
        .min(1)
        .optional()
        .describe(
          "Service region, or `ALL`. Absent means the default region. Not for buckets, whose usage is that of the default region. Section 13.2.2.",
        ),
    })
    .superRefine((args, context) => {
      const { groupId, userId, canonicalUserId, bucket, operation, granularity } = args;
      const refuse = (property: string, message: string) =>
        context.addIssue({ code: "custom", path: [property], message });
      const ways = [groupId, canonicalUserId, bucket].filter((way) => way !== undefined);
      if (ways.length !== 1 || (userId !== undefined && groupId === undefined))
        context.addIssue({
          code: "custom",
          message: "give groupId, groupId and userId, canonicalUserId, or bucket",
        });
      checkInterval(args, context, granularity === "raw" ? 1 : undefined);
      if (bucket === undefined) {
        if (ofBucketsOnly.includes(operation)) refuse("operation", `${operation} is counted of buckets only`);
        return;
      }
      if (args.reversed) refuse("reversed", "cannot go with bucket");
      if (args.region !== undefined) refuse("region", "cannot go with bucket");
      for (const name of ["startTime", "endTime"] as const)
        if ((minutes(args[name]) ?? 0) % 60 !== 0) refuse(name, "must be on the hour for a bucket");
    }),
  outputs: z.object({
    usage: z
      .array(record)
      .describe("The records, in the order of time or, when `reversed`, against it. Section 13.2.2."),
    more: z
      .boolean()
      .describe(
        "Whether there are more records than `limit`: ask for a shorter interval, or for less detail. Section 13.2.2.",
      ),
  }),
  connect: hyperstore,
  async call(api, { groupId, userId = "*", limit, reversed, ...wanted }, ctx) {
    const { bucket, canonicalUserId, operation } = wanted;
    const rows = await api.getUsage({
      ...wanted,
      ...(groupId === undefined ? {} : { id: `${groupId}|${userId}` }),
      ...(reversed ? { reversed } : {}),
      limit: limit + 1,
    });
    const whose = bucket ?? canonicalUserId ?? `${groupId}/${userId}`;
    const why = whyEmpty(bucket, operation);
    if (rows.length === 0 && why !== undefined)
      ctx.log(
        `HyperStore has no ${operation} usage of ${whose} in that interval. If there was some: ${why}`,
        "warn",
      );
    const { first, more } = firstOf(rows, limit);
    return { usage: first.map((row) => readUsage(row, whose)), more };
  },
});

function whyEmpty(bucket: string | undefined, operation: string): string | undefined {
  if (bucket !== undefined && (operation === "TB" || operation === "TO"))
    return `${bucketsAreOff}; and ${operation} exists only for intervals within which POST /usage/repair/bucket was called (section 13.2.2)`;
  if (bucket !== undefined) return bucketsAreOff;
  return traffic.includes(operation)
    ? 'requests are not counted unless the CMC setting "Track/Report Usage for Request Rates and Data Transfer Rates" is on (sections 13.2.2 and 10)'
    : undefined;
}

const bucketsAreOff =
  'the usage of buckets is not counted unless that was switched on, see "Preparing the Usage Reporting Feature" in the HyperStore Administrator\'s Guide (section 13.2.3)';

export const getRawBucketUsage = providerFunction({
  token: "tenantry:hyperstore:getRawBucketUsage",
  describe:
    "All raw usage data of some buckets, of every operation, in an interval of at most 24 hours: for shorter lists, ask `getUsage` for one operation. Of a system that does not count the usage of buckets the answer is empty, and a warning says so. Admin API 8.2, section 13.3.",
  inputs: z
    .strictObject({
      buckets: z
        .array(z.string().min(1))
        .min(1)
        .max(100)
        .describe("Names of the buckets, at most 100. Section 13.3."),
      ...interval,
      limit: limit.describe("Most records to answer of each bucket, 1 to 10000. Section 13.3."),
    })
    .superRefine((args, context) => checkInterval(args, context, 1)),
  outputs: z.object({
    buckets: z
      .array(
        z
          .object({
            bucket: z.string().describe("Name of the bucket. Section 13.3."),
            usage: z
              .array(record)
              .describe("Its records. Operations that did not occur have none. Section 13.3."),
            more: z
              .boolean()
              .describe(
                "Whether it has more records than `limit`: ask for a shorter interval. Section 13.3.",
              ),
          })
          .meta({ title: "RawBucketUsage" }),
      )
      .describe("The buckets asked for, each with its records. Section 13.3."),
  }),
  connect: hyperstore,
  async call(api, { limit, ...wanted }, ctx) {
    const answers = await api.getRawBucketUsage(wanted);
    const buckets = answers.map(({ bucket, data }) => {
      const { first, more } = firstOf(data ?? [], limit);
      return { bucket, usage: first.map((row) => readUsage(row, bucket)), more };
    });
    if (buckets.every(({ usage }) => usage.length === 0))
      ctx.log(
        `HyperStore has no usage of these buckets in that interval. If there was some: ${bucketsAreOff}`,
        "warn",
      );
    return { buckets };
  },
});

function readUsage(row: UsageData, whose: string): z.output<typeof record> {
  const figure = <T>(read: (value: unknown, what: string) => T, name: keyof UsageData) =>
    read(row[name], `${name} of the ${row.operation} usage of ${whose}`);
  return {
    operation: row.operation,
    timestamp: figure(count, "timestamp"),
    value: figure(wholeText, "value"),
    count: figure(count, "count"),
    averageValue: figure(decimal, "averageValue"),
    maxValue: figure(count, "maxValue"),
    whitelistValue: figure(wholeText, "whitelistValue"),
    whitelistCount: figure(count, "whitelistCount"),
    whitelistAverageValue: figure(decimal, "whitelistAverageValue"),
    whitelistMaxValue: figure(count, "whitelistMaxValue"),
    // Where one of these does not apply it is null or empty.
    groupId: row.groupId || undefined,
    userId: row.userId || undefined,
    bucket: row.bucket || undefined,
    policyId: row.policyId || undefined,
    region: row.region || undefined,
    ip: row.ip || undefined,
    uri: row.uri || undefined,
  };
}
