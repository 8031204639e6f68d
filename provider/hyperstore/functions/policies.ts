import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { hyperstore } from "../system.ts";
import type { StoragePolicy } from "../wire.ts";

const policyId = z.string().describe("The system's own id of the policy. Section 4.1.4.");
const policyName = z.string().describe("Name of the policy. Section 4.1.4.");

const policy = z.object({
  policyId,
  policyName,
  attributes: z
    .record(z.string(), z.unknown())
    .describe(
      "All that the system says of the policy, names and values its own; among it is the policy's region (section 5.6.3). The document names only the id and the name (section 4.2.4), so the others may differ between versions.",
    ),
});

const readPolicy = (found: StoragePolicy): z.output<typeof policy> => ({
  policyId: String(found.policyId),
  policyName: String(found.policyName),
  attributes: found,
});

export const getStoragePolicy = providerFunction({
  token: "tenantry:hyperstore:getStoragePolicy",
  describe: "A storage policy. An error when there is none of this id. Admin API 8.2, section 5.6.3.",
  inputs: z.strictObject({ policyId: z.string().min(1).describe("Id of the policy. Section 5.6.3.") }),
  outputs: policy,
  connect: hyperstore,
  async call(api, { policyId }) {
    const found = await api.getStoragePolicy(policyId);
    if (!found) throw new ProviderError("refused", `there is no storage policy "${policyId}"`);
    return readPolicy(found);
  },
});

export const listStoragePolicies = providerFunction({
  token: "tenantry:hyperstore:listStoragePolicies",
  describe:
    "The storage policies, all of them or those that match every given filter. They are made in the CMC. Admin API 8.2, section 4.2.",
  inputs: z.strictObject({
    region: z.string().min(1).optional().describe("Only policies of this service region. Section 4.2.2."),
    groupId: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Only policies that this group may use: its own, and those that are for all groups. Section 4.2.2.",
      ),
    status: z
      .enum(["pending", "active", "disabled", "deleted", "failed"])
      .optional()
      .describe(
        "Only policies being made, `active` for new buckets, `disabled` for new ones but not for those that have them, marked as `deleted`, or of which the making `failed`. Section 4.2.2.",
      ),
  }),
  outputs: z.object({
    policies: z.array(policy.meta({ title: "StoragePolicy" })).describe("The policies."),
  }),
  connect: hyperstore,
  async call(api, filter) {
    return { policies: (await api.listStoragePolicies(filter)).map(readPolicy) };
  },
});

export const getBucketsPerPolicy = providerFunction({
  token: "tenantry:hyperstore:getBucketsPerPolicy",
  describe:
    "The buckets that use each storage policy, in one answer for the whole system. The buckets of a policy from before HyperStore 5.2 cannot be listed, which a warning says. Admin API 8.2, section 4.1.",
  inputs: z.strictObject({}),
  outputs: z.object({
    policies: z
      .array(
        z
          .object({
            policyId,
            policyName,
            buckets: z.array(z.string()).describe("Names of the buckets that use the policy. Section 4.1.4."),
          })
          .meta({ title: "PolicyBuckets" }),
      )
      .describe("The policies."),
  }),
  connect: hyperstore,
  async call(api, _args, ctx) {
    const policies = await api.getBucketsPerPolicy();
    const legacy = policies.filter((each) => each.policyId.startsWith("DEFAULT_"));
    if (legacy.length > 0)
      ctx.log(
        `the system cannot list the buckets of policies from before HyperStore 5.2, so these look unused: ${legacy.map((each) => each.policyId).join(", ")} (section 4.1.2)`,
        "warn",
      );
    return {
      policies: policies.map(({ policyId, policyName, buckets }) => ({ policyId, policyName, buckets })),
    };
  },
});
