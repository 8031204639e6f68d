import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import type { HyperStore } from "../client.ts";
import { count, gibibytes } from "../counts.ts";
import { hyperstore } from "../system.ts";

export const region = z
  .string()
  .min(1)
  .optional()
  .describe("Only what is in this service region; absent means all regions together. Section 11.5.2.");

const owner = {
  groupId: z
    .string()
    .min(1)
    .optional()
    .describe("Only what the users of this group store; absent means the whole system. Section 11.5.2."),
  userId: z
    .string()
    .min(1)
    .optional()
    .describe("Only what this user stores; together with `groupId`. Section 11.5.2."),
};
const bucketName = z
  .string()
  .min(1)
  .optional()
  .describe(
    "Only this bucket, together with the `groupId` and `userId` of its owner. A system counts by bucket only where that is switched on, which it is not by default; a warning says so when the answer is 0. Sections 11.5.2 and 11.5.3.",
  );

interface Part {
  groupId?: string | undefined;
  userId?: string | undefined;
  bucketName?: string | undefined;
}

function needOwner({ groupId, userId, bucketName }: Part, context: z.core.$RefinementCtx): void {
  if (userId !== undefined && groupId === undefined)
    context.addIssue({ code: "custom", path: ["userId"], message: "needs the groupId of the user" });
  if (bucketName !== undefined && userId === undefined)
    context.addIssue({
      code: "custom",
      path: ["bucketName"],
      message: "needs the groupId and userId of its owner",
    });
}

const part = z.strictObject({ ...owner, bucketName, region }).superRefine(needOwner);

/** How requests name a part of the system: section 11.5.2. */
const selected = <P extends Part>({ groupId = "ALL", userId = "*", ...others }: P) => ({
  ...others,
  groupId,
  userId,
});

/** No answer tells that a system does not count by bucket (sections 11.4.3, 11.5.3, 11.11.3): only zeros make one think of it. */
export const mayNotCount =
  'The system may not count by bucket at all, which is off by default: if there is data, see "Per-Bucket Object and Byte Counts" in the HyperStore Administrator\'s Guide';

export const getByteCount = providerFunction({
  token: "tenantry:hyperstore:getByteCount",
  describe:
    "How many bytes the whole system, a group, a user or a bucket stores. An error when there is no such group, user or bucket. Admin API 8.2, section 11.5.",
  inputs: part,
  outputs: z.object({
    byteCount: z
      .number()
      .describe("Bytes stored, overhead from replication and erasure coding not counted. Section 11.5.3."),
  }),
  connect: hyperstore,
  async call(api, args, ctx) {
    const byteCount = await api.getByteCount(selected(args));
    if (args.bucketName !== undefined && byteCount === 0)
      ctx.log(`the byte count of bucket "${args.bucketName}" is 0. ${mayNotCount}`, "warn");
    return { byteCount };
  },
});

export const getObjectCount = providerFunction({
  token: "tenantry:hyperstore:getObjectCount",
  describe:
    "How many objects the whole system, a group, a user or a bucket stores. An error when there is no such group, user or bucket. Admin API 8.2, section 11.11.",
  inputs: part,
  outputs: z.object({ objectCount: z.number().describe("Objects stored. Section 11.11.4.") }),
  connect: hyperstore,
  async call(api, args, ctx) {
    const objectCount = await api.getObjectCount(selected(args));
    if (args.bucketName !== undefined && objectCount === 0)
      ctx.log(`the object count of bucket "${args.bucketName}" is 0. ${mayNotCount}`, "warn");
    return { objectCount };
  },
});

export const getBytesTiered = providerFunction({
  token: "tenantry:hyperstore:getBytesTiered",
  describe:
    "How much data of the whole system, a group or a user has been tiered to destinations other than HyperStore. The API answers a rounded size such as 62G, and does not refuse a group or user that does not exist. Admin API 8.2, section 11.6.",
  inputs: z.strictObject(owner).superRefine(needOwner),
  outputs: z.object({
    tieredGiB: z.number().describe("Data tiered, in GiB; 0 when it is less than one. Section 11.6.4."),
  }),
  connect: hyperstore,
  async call(api, args) {
    return { tieredGiB: gibibytes(await api.getBytesTiered(selected(args)), "the tiered bytes") };
  },
});

const ofGroup = z.strictObject({ groupId: z.string().min(1).describe("The group. Section 11.8.2.") });
const user = z.object({
  userId: z.string().describe("Id of the user. Section 11.8.5."),
  canonicalUserId: z.string().describe("The system's own id of the user. Section 11.8.5."),
});

export const getGroupByteCount = providerFunction({
  token: "tenantry:hyperstore:getGroupByteCount",
  describe:
    "How many bytes each user of a group stores, a hundred users a request. An error when there is no such group. Admin API 8.2, section 11.8.",
  inputs: ofGroup,
  outputs: z.object({
    users: z
      .array(
        user
          .extend({
            byteCount: z
              .number()
              .describe(
                "Bytes stored in all buckets of the user, overhead from replication and erasure coding not counted. Section 11.8.3.",
              ),
          })
          .meta({ title: "UserByteCount" }),
      )
      .describe("The users, in the order of their ids."),
  }),
  connect: hyperstore,
  async call(api, { groupId }) {
    const users = await api.getGroupByteCount(groupId);
    if (users.length === 0) await requireGroup(api, groupId);
    return {
      users: users.map(({ userId, canonicalUserId, usageVal }) => ({
        userId,
        canonicalUserId,
        byteCount: count(usageVal, `the stored bytes of user "${groupId}/${userId}"`),
      })),
    };
  },
});

export const getGroupObjectCount = providerFunction({
  token: "tenantry:hyperstore:getGroupObjectCount",
  describe:
    "How many objects each user of a group stores, a hundred users a request. An error when there is no such group. Admin API 8.2, section 11.9.",
  inputs: ofGroup,
  outputs: z.object({
    users: z
      .array(
        user
          .extend({
            objectCount: z.number().describe("Objects stored in all buckets of the user. Section 11.9.4."),
          })
          .meta({ title: "UserObjectCount" }),
      )
      .describe("The users, in the order of their ids."),
  }),
  connect: hyperstore,
  async call(api, { groupId }) {
    const users = await api.getGroupObjectCount(groupId);
    if (users.length === 0) await requireGroup(api, groupId);
    return {
      users: users.map(({ userId, canonicalUserId, usageVal }) => ({
        userId,
        canonicalUserId,
        objectCount: count(usageVal, `the stored objects of user "${groupId}/${userId}"`),
      })),
    };
  },
});

/** Methods that answer nothing for a group without users or buckets do so too for a group that does not exist. */
export async function requireGroup(api: HyperStore, groupId: string): Promise<void> {
  if (!(await api.getGroup(groupId))) throw new ProviderError("refused", `there is no group "${groupId}"`);
}
