import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { getUsage as getUsageLog } from "../client/usage.ts";
import type { BucketTraffic, S3Select, Traffic } from "../client/wire.ts";
import { count } from "../counts.ts";
import { hour } from "../moment.ts";
import { uid, uidHelp } from "../rules.ts";
import { ceph } from "../system.ts";

const figures = {
  bytesSent: z.number().describe("Bytes sent to clients. Admin Ops, Get Usage, `bytes_sent`."),
  bytesReceived: z.number().describe("Bytes received from clients. Admin Ops, Get Usage, `bytes_received`."),
  ops: z.number().describe("Number of requests. Admin Ops, Get Usage, `ops`."),
  successfulOps: z
    .number()
    .describe("Number of requests that succeeded. Admin Ops, Get Usage, `successful_ops`."),
};
const selected = {
  bytesProcessed: z.number().optional().describe("Bytes that S3 Select read. Absent before Reef."),
  bytesReturned: z.number().optional().describe("Bytes that S3 Select answered. Absent before Reef."),
};

const category = z
  .object({
    category: z
      .string()
      .describe(
        "What was asked for, such as `get_obj`, `put_obj` or `list_bucket`. Admin Ops, Get Usage, `category`.",
      ),
    ...figures,
  })
  .meta({ title: "UsageCategory" });
const categories = z
  .array(category)
  .describe("The figures by what was asked for. Admin Ops, Get Usage, `categories`.");

const entry = z
  .object({
    user: z.string().describe("Who asked: a uid. Admin Ops, Get Usage, `user`."),
    bucket: z
      .string()
      .describe(
        "The bucket's name without its tenant; empty for requests about no bucket, such as listings of buckets, and `-` for those about a bucket that there is not. Admin Ops, Get Usage, `bucket`.",
      ),
    owner: z.string().describe("Uid of the bucket's owner. Admin Ops, Get Usage, `owner`."),
    time: z.string().describe("When the hour began, in UTC. Admin Ops, Get Usage, `time`."),
    epoch: z.number().describe("The same in seconds since 1970. Admin Ops, Get Usage, `epoch`."),
    categories,
    ...selected,
  })
  .meta({ title: "UsageEntry" });

const sum = z
  .object({
    user: z.string().describe("Who asked: a uid. Admin Ops, Get Usage, `user`."),
    categories,
    total: z
      .object({ ...figures, ...selected })
      .meta({ title: "UsageTotal" })
      .describe("All categories together. Admin Ops, Get Usage, `total`."),
  })
  .meta({ title: "UsageSummary" });

const moment = (which: string) =>
  hour
    .optional()
    .describe(
      `${which}, in UTC and on the hour, for usage is kept by the hour: \`2026-01-31\` or \`2026-01-31 16:00:00\`. Admin Ops, Get Usage.`,
    );

export const getUsage = providerFunction({
  token: "tenantry:ceph:getUsage",
  describe:
    "What users requested of which buckets, by the hour, and the sums by user. A cluster keeps it only where `rgw_enable_usage_log` is set, and a radosgw writes it down with some delay; when the answer is empty a warning says so. Admin Ops, Get Usage.",
  inputs: z
    .strictObject({
      uid: uid
        .optional()
        .describe(
          `Only what this user requested. ${uidHelp} Absent for all users. Admin Ops, Get Usage, \`uid\`.`,
        ),
      start: moment("First hour"),
      end: moment("End, which is not included"),
      showEntries: z
        .boolean()
        .default(true)
        .describe("Whether to answer `entries`. Admin Ops, Get Usage, `show-entries`."),
      showSummary: z
        .boolean()
        .default(true)
        .describe("Whether to answer `summary`. Admin Ops, Get Usage, `show-summary`."),
    })
    .superRefine(({ start, end, showEntries, showSummary }, context) => {
      const refuse = (property: string, message: string) =>
        context.addIssue({ code: "custom", path: [property], message });
      if (start !== undefined && end !== undefined && start >= end) refuse("end", "must be later than start");
      if (!showEntries && !showSummary) refuse("showSummary", "must be true when showEntries is false");
    }),
  outputs: z.object({
    entries: z.array(entry).describe("What each user requested of each bucket in each hour."),
    summary: z.array(sum).describe("What each user requested in all that time."),
  }),
  connect: ceph,
  async call(api, args, ctx) {
    const log = await getUsageLog(api, args);
    const { entries = [], summary = [] } = log;
    if (entries.length === 0 && summary.length === 0)
      ctx.log(
        `Ceph has no usage ${args.uid === undefined ? "" : `of user "${args.uid}" `}in that time. If there was some: it is kept only where rgw_enable_usage_log is set`,
        "warn",
      );
    return {
      entries: entries.flatMap(({ user, buckets }) => buckets.map((bucket) => entryOf(user, bucket))),
      summary: summary.map(({ user, categories, total }) => ({
        user,
        categories: categories.map((each) => categoryOf(each, `user "${user}"`)),
        total: { ...figuresOf(total, `user "${user}"`), ...selectedOf(total, `user "${user}"`) },
      })),
    };
  },
});

function entryOf(user: string, { bucket, owner, time, epoch, categories, s3select }: BucketTraffic) {
  const whose = `user "${user}" and bucket "${bucket}" at ${time}`;
  return {
    user,
    bucket,
    owner,
    time,
    epoch,
    categories: categories.map((each) => categoryOf(each, whose)),
    ...selectedOf(s3select, whose),
  };
}

const categoryOf = (traffic: Traffic, whose: string) => ({
  category: traffic.category,
  ...figuresOf(traffic, `${whose}, ${traffic.category}`),
});

const figuresOf = (traffic: Omit<Traffic, "category">, whose: string) => ({
  bytesSent: count(traffic.bytes_sent, `the bytes sent, ${whose}`),
  bytesReceived: count(traffic.bytes_received, `the bytes received, ${whose}`),
  ops: count(traffic.ops, `the requests, ${whose}`),
  successfulOps: count(traffic.successful_ops, `the requests that succeeded, ${whose}`),
});

const selectedOf = ({ bytes_processed, bytes_returned }: Partial<S3Select> = {}, whose: string) => ({
  ...(bytes_processed !== undefined && {
    bytesProcessed: count(bytes_processed, `the bytes that S3 Select read, ${whose}`),
  }),
  ...(bytes_returned !== undefined && {
    bytesReturned: count(bytes_returned, `the bytes that S3 Select answered, ${whose}`),
  }),
});
