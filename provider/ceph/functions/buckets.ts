import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import {
  checkIndex,
  getBucket as getBucketInfo,
  listBucketInfos,
  listBuckets as namesOf,
} from "../client/bucket.ts";
import { getUser } from "../client/user.ts";
import type { BucketInfo } from "../client/wire.ts";
import { bucketHelp, bucketName, uid, uidHelp } from "../rules.ts";
import { ceph } from "../system.ts";
import { exactQuota, quota } from "./quota.ts";
import { stored, totalOf, usage, usageOf } from "./stored.ts";

const bucket = bucketName.describe(`${bucketHelp} Admin Ops, Get Bucket Info, \`bucket\`.`);

const bucketInfo = z
  .object({
    bucket: z.string().describe(bucketHelp),
    id: z.string().describe("Unique id of the bucket. Admin Ops, Get Bucket Info, `id`."),
    owner: z
      .string()
      .describe(
        "Uid of its owner or, of a bucket of an account, the account's id. Admin Ops, Get Bucket Info, `owner`.",
      ),
    zonegroup: z.string().describe("Id of the zonegroup that it was made in."),
    placementRule: z
      .string()
      .describe("Placement target and, where it is not the usual one, storage class, as in `target/CLASS`."),
    numShards: z.number().describe("Shards of its index; 0 for an index in one piece."),
    indexType: z.string().describe("`Normal`, or `Indexless` for a bucket that cannot be listed."),
    versioning: z
      .string()
      .optional()
      .describe(
        "Whether objects keep their versions: `off`, `enabled` or `suspended`. Absent before Reef, where no release says.",
      ),
    objectLockEnabled: z
      .boolean()
      .optional()
      .describe("Whether it has Object Lock. Absent before Reef, where no release says."),
    mfaEnabled: z
      .boolean()
      .optional()
      .describe("Whether deleting a version takes MFA. Absent before Reef, where no release says."),
    creationTime: z.string().describe("When it was made, in UTC, such as `2026-01-31T12:00:00.000000Z`."),
    mtime: z.string().describe("When its settings last changed, in UTC."),
    usage,
    total: stored.describe("All categories together, which is what a quota limits."),
    bucketQuota: quota.describe(
      "The bucket's own quota. While it is not enabled, the owner's `bucketQuota` applies, if that is. Admin Ops, Quotas.",
    ),
  })
  .meta({ title: "BucketInfo" });

function infoOf(info: BucketInfo): z.output<typeof bucketInfo> {
  const name = nameIn(info.tenant, info.bucket);
  const whose = `bucket "${name}"`;
  const parts = usageOf(info.usage, whose);
  return {
    bucket: name,
    id: info.id,
    owner: info.owner,
    zonegroup: info.zonegroup,
    placementRule: info.placement_rule,
    numShards: info.num_shards,
    indexType: info.index_type,
    versioning: info.versioning,
    objectLockEnabled: info.object_lock_enabled,
    mfaEnabled: info.mfa_enabled,
    creationTime: info.creation_time,
    mtime: info.mtime,
    usage: parts,
    total: totalOf(parts, whose),
    bucketQuota: exactQuota(info.bucket_quota, `the quota of ${whose}`),
  };
}

const nameIn = (tenant: string, name: string) => (tenant === "" ? name : `${tenant}/${name}`);

const noBucket = (name: string) => new ProviderError("refused", `there is no bucket "${name}"`);

export const getBucket = providerFunction({
  token: "tenantry:ceph:getBucket",
  describe:
    "What the cluster knows of a bucket: its owner, its id, what is stored in it and its quota. An error when there is no such bucket. Admin Ops, Get Bucket Info.",
  inputs: z.strictObject({ bucket }),
  outputs: bucketInfo,
  connect: ceph,
  async call(api, { bucket }) {
    const info = await getBucketInfo(api, bucket);
    if (!info) throw noBucket(bucket);
    return infoOf(info);
  },
});

export const listBuckets = providerFunction({
  token: "tenantry:ceph:listBuckets",
  describe:
    "The names of all buckets, or of a user's, in their order, and what `getBucket` says of each where that is wished. One answer: the API has no pages here. An error when there is no such user. Admin Ops, Get Bucket Info.",
  inputs: z.strictObject({
    uid: uid
      .optional()
      .describe(
        `Only buckets of this user, or of the account that the user belongs to. ${uidHelp} Absent for all buckets of the cluster. Admin Ops, Get Bucket Info, \`uid\`.`,
      ),
    stats: z
      .boolean()
      .default(false)
      .describe(
        "Whether to answer `details` too, for which a radosgw reads the index of every bucket. Admin Ops, Get Bucket Info, `stats`.",
      ),
  }),
  outputs: z.object({
    buckets: z.array(z.string()).describe("The names, as `getBucket` takes them: `name` or `tenant/name`."),
    details: z
      .array(bucketInfo)
      .optional()
      .describe("The buckets in the same order. Only where `stats` is true."),
  }),
  connect: ceph,
  async call(api, { uid, stats }) {
    const details = stats ? (await listBucketInfos(api, uid)).map(infoOf) : undefined;
    const buckets = details?.map(({ bucket }) => bucket) ?? (await namesOf(api, uid)).map(nameOf(uid));
    if (uid !== undefined && buckets.length === 0 && !(await getUser(api, uid)))
      throw new ProviderError("refused", `there is no user "${uid}"`);
    details?.sort((one, other) => (one.bucket < other.bucket ? -1 : 1));
    return { buckets: buckets.sort(), details };
  },
});

/** A user's buckets are in the user's tenant, and only the list of all names it. */
const nameOf =
  (uid = "") =>
  (name: string) =>
    nameIn(uid.includes("$") ? (uid.split("$")[0] ?? "") : "", name);

export const checkBucketIndex = providerFunction({
  token: "tenantry:ceph:checkBucketIndex",
  describe:
    "Compares what a bucket's index says of its contents with what counting the index's entries says; the capability `buckets=write` is needed for that too. It mends nothing: `radosgw-admin bucket check --fix` does. An error when there is no such bucket. Admin Ops, Check Bucket Index.",
  inputs: z.strictObject({ bucket }),
  outputs: z.object({
    consistent: z.boolean().describe("Whether both say the same, and no entry is invalid."),
    invalidMultipartEntries: z
      .array(z.string())
      .describe("Parts of multipart uploads that are in the index although their upload is over."),
    existing: usage.describe("What the index says is stored, by category. Admin Ops, Check Bucket Index."),
    calculated: usage.describe("What its entries add up to, by category. Admin Ops, Check Bucket Index."),
  }),
  connect: ceph,
  async call(api, { bucket }) {
    const answer = await checkIndex(api, bucket);
    if (!answer) throw noBucket(bucket);
    const { invalid_multipart_entries, check_result } = answer;
    const existing = usageOf(check_result.existing_header.usage, `the index of bucket "${bucket}"`);
    const calculated = usageOf(check_result.calculated_header.usage, `the entries of bucket "${bucket}"`);
    return {
      consistent: invalid_multipart_entries.length === 0 && isDeepStrictEqual(existing, calculated),
      invalidMultipartEntries: invalid_multipart_entries,
      existing,
      calculated,
    };
  },
});
