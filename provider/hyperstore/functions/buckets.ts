import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { count } from "../counts.ts";
import { hyperstore } from "../system.ts";
import { mayNotCount, region, requireGroup } from "./stored.ts";

const groupId = z.string().min(1).describe("The group whose users own the buckets. Section 11.3.2.");
const bucketName = z.string().describe("Name of the bucket. Section 11.3.3.");
const owner = z.string().describe("Id of the user who owns the bucket. Section 11.3.3.");
const policyName = z.string().optional().describe("Name of the bucket's storage policy. Section 11.3.3.");

export const listBuckets = providerFunction({
  token: "tenantry:hyperstore:listBuckets",
  describe:
    "The buckets of all users of a group, in one answer: the API has no pages here. An error when there is no such group. Admin API 8.2, section 11.3.",
  inputs: z.strictObject({ groupId }),
  outputs: z.object({
    buckets: z
      .array(
        z
          .object({
            bucketName,
            userId: owner,
            createTime: z
              .number()
              .optional()
              .describe("When it was made, in milliseconds since 1970 UTC. Section 11.3.3."),
            region: z.string().optional().describe("Service region that it is in. Section 11.3.3."),
            policyName,
          })
          .meta({ title: "BucketInfo" }),
      )
      .describe("The buckets, by owner."),
  }),
  connect: hyperstore,
  async call(api, { groupId }) {
    const owners = await api.listBuckets(groupId);
    if (owners.length === 0) await requireGroup(api, groupId);
    return {
      buckets: owners.flatMap(({ userId, buckets }) =>
        buckets.map(({ bucketName, createTime, region, policyName }) => ({
          bucketName,
          userId,
          ...(createTime == null
            ? {}
            : { createTime: count(createTime, `the creation time of bucket "${bucketName}"`) }),
          region,
          policyName,
        })),
      ),
    };
  },
});

export const getBucketCount = providerFunction({
  token: "tenantry:hyperstore:getBucketCount",
  describe:
    "How many buckets the users of a group own together. An error when there is no such group. Admin API 8.2, section 11.2.",
  inputs: z.strictObject({ groupId, region }),
  outputs: z.object({ bucketCount: z.number().describe("Number of buckets. Section 11.2.3.") }),
  connect: hyperstore,
  async call(api, { groupId, region }) {
    const bucketCount = await api.getBucketCount(groupId, region);
    if (bucketCount === undefined) await requireGroup(api, groupId);
    return { bucketCount: bucketCount ?? 0 };
  },
});

export const getBucketUsage = providerFunction({
  token: "tenantry:hyperstore:getBucketUsage",
  describe:
    "What is stored in each bucket of a group, of one user of it, or in one bucket, in one answer: the API has no pages here. A system counts by bucket only where that is switched on, which it is not by default; a warning says so when all counts are 0. An error when there is no such group, user or bucket. Admin API 8.2, section 11.4.",
  inputs: z
    .strictObject({
      groupId,
      userId: z.string().min(1).optional().describe("Only buckets of this user. Section 11.4.2."),
      bucketName: z
        .string()
        .min(1)
        .optional()
        .describe("Only this bucket; together with `userId`. Section 11.4.2."),
    })
    .superRefine(({ userId, bucketName }, context) => {
      if (bucketName !== undefined && userId === undefined)
        context.addIssue({ code: "custom", path: ["bucketName"], message: "needs the userId of its owner" });
    }),
  outputs: z.object({
    buckets: z
      .array(
        z
          .object({
            bucketName,
            userId: owner,
            byteCount: z
              .number()
              .describe(
                "Bytes stored, overhead from replication and erasure coding not counted. Can be below 0 until the system repairs it. Section 11.4.4.",
              ),
            objectCount: z
              .number()
              .describe("Objects stored. Can be below 0 until the system repairs it. Section 11.4.4."),
            policyName,
          })
          .meta({ title: "BucketUsage" }),
      )
      .describe("The buckets, by owner."),
  }),
  connect: hyperstore,
  async call(api, args, ctx) {
    const buckets = (await api.getBucketUsage(args)).flatMap(({ userId, buckets }) =>
      buckets.map(({ bucketName, byteCount, objectCount, policyName }) => ({
        bucketName,
        userId,
        byteCount: count(byteCount, `the stored bytes of bucket "${bucketName}"`),
        objectCount: count(objectCount, `the stored objects of bucket "${bucketName}"`),
        policyName,
      })),
    );
    if (buckets.length > 0 && buckets.every((each) => each.byteCount === 0 && each.objectCount === 0))
      ctx.log(`every count of group "${args.groupId}"'s buckets is 0. ${mayNotCount}`, "warn");
    return { buckets };
  },
});

export const getBucketId = providerFunction({
  token: "tenantry:hyperstore:getBucketId",
  describe:
    "The canonical id of a bucket: another one after each purge. An error when there is no such bucket, or when it has no id because it was made before HyperStore 7.0 and never purged. Admin API 8.2, section 5.2.",
  inputs: z.strictObject({ bucketName: z.string().min(1).describe("Name of the bucket. Section 11.3.3.") }),
  outputs: z.object({ bucketId: z.string().describe("The canonical id. Section 5.2.3.") }),
  connect: hyperstore,
  async call(api, { bucketName }) {
    const bucketId = await api.getBucketId(bucketName);
    if (bucketId === undefined)
      throw new ProviderError(
        "refused",
        `there is no bucket "${bucketName}", or it has no canonical id, as one made before HyperStore 7.0 and never purged (section 5.2.3)`,
      );
    return { bucketId };
  },
});

export const getBucketTags = providerFunction({
  token: "tenantry:hyperstore:getBucketTags",
  describe:
    "The tags of the buckets of all users of a group, a hundred users a request. Buckets without tags are left out. An error when there is no such group. Admin API 8.2, section 5.3.",
  inputs: z.strictObject({ groupId }),
  outputs: z.object({
    buckets: z
      .array(
        z
          .object({
            bucketName,
            userId: owner,
            tags: z.record(z.string(), z.string()).describe("The tags by name. Section 5.3.5."),
          })
          .meta({ title: "BucketTags" }),
      )
      .describe("The buckets that have tags, by owner."),
  }),
  connect: hyperstore,
  async call(api, { groupId }) {
    const byUser = Object.entries(await api.getBucketTags(groupId));
    if (byUser.length === 0) await requireGroup(api, groupId);
    return {
      buckets: byUser.flatMap(([userId, byBucket]) =>
        Object.entries(byBucket).map(([bucketName, tags]) => ({ bucketName, userId, tags })),
      ),
    };
  },
});
