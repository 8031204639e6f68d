import * as z from "zod";
import { immutable, serverDefault, text, unmanaged } from "../../resource/fields.ts";
import { mostOfAccountQuota } from "../client/account.ts";
import { quotaFields } from "../limits.ts";
import { accountId, plain } from "../rules.ts";

const limit = serverDefault(
  z
    .int()
    .min(-1)
    .max(2 ** 31 - 1),
).optional();
const quota = unmanaged(z.strictObject(quotaFields)).optional();
const large = `At most ${mostOfAccountQuota} of either, for the call takes no more; set more with \`radosgw-admin quota set --quota-scope=account\`, and leave this out.`;

export const inputs = z.strictObject({
  name: plain
    .regex(/^[^$:]*$/, { error: 'must not contain "$" or ":"' })
    .describe("Name of the account, of which there is one in its tenant. Ceph, User Accounts."),
  tenant: immutable(text(z.string().regex(/^\w+$/, { error: 'must be letters, digits and "_"' }))).describe(
    "Tenant of the account, whose users' and buckets' names are apart from those of others. Absent for none. Ceph, User Accounts.",
  ),
  accountId: immutable(serverDefault(z.string().regex(accountId, { error: "must be RGW and 17 digits" })))
    .optional()
    .describe(
      "Id of the account: `RGW` and 17 digits. Without it the provider derives one from tenant and name, so that no second account is made after a crash. Ceph, User Accounts.",
    ),
  email: unmanaged(plain)
    .optional()
    .describe(
      "E-mail address, of which no two accounts have the same. It can be changed but not taken back: absent to leave it as it is. Ceph, User Accounts.",
    ),
  maxUsers: limit.describe(
    "Most users that may be made through the IAM API, which counts those of the Admin API too; 0 for none, -1 for no limit. Absent for what the cluster chooses, usually 1000. Ceph, User Accounts.",
  ),
  maxRoles: limit.describe(
    "Most roles; 0 for none, -1 for no limit. Absent for what the cluster chooses, usually 1000. Ceph, User Accounts.",
  ),
  maxGroups: limit.describe(
    "Most groups; 0 for none, -1 for no limit. Absent for what the cluster chooses, usually 1000. Ceph, User Accounts.",
  ),
  maxAccessKeys: limit.describe(
    "Most access keys of each user, made through the IAM API; 0 for none, -1 for no limit. Absent for what the cluster chooses, usually 4. Ceph, User Accounts.",
  ),
  maxBuckets: limit.describe(
    "Most buckets; other than elsewhere, 0 for no limit and -1 for none at all. Absent for what the cluster chooses, usually 1000. Ceph, User Accounts.",
  ),
  quota: quota.describe(
    `Quota of all that the account owns. Absent to leave it as it is. ${large} Ceph, User Accounts.`,
  ),
  bucketQuota: quota.describe(
    `Quota of each bucket that has none of its own. Absent to leave it as it is. ${large} Ceph, User Accounts.`,
  ),
});
export type Inputs = z.output<typeof inputs>;

/** Parameter and field of each. */
export const limits = {
  maxUsers: ["max-users", "max_users"],
  maxRoles: ["max-roles", "max_roles"],
  maxGroups: ["max-groups", "max_groups"],
  maxAccessKeys: ["max-access-keys", "max_access_keys"],
  maxBuckets: ["max-buckets", "max_buckets"],
} as const;
export type Limit = keyof typeof limits;
export const limitNames = Object.keys(limits) as Limit[];

export const quotas = [
  { name: "quota", type: "account", key: "quota" },
  { name: "bucketQuota", type: "bucket", key: "bucket_quota" },
] as const;

const decided = (name: string) => z.int().describe(`What the cluster has for \`${name}\`.`);
export const outputs = z.object({
  accountId: z.string().describe("Id of the account. Ceph, User Accounts."),
  maxUsers: decided("maxUsers"),
  maxRoles: decided("maxRoles"),
  maxGroups: decided("maxGroups"),
  maxAccessKeys: decided("maxAccessKeys"),
  maxBuckets: decided("maxBuckets"),
});
export type Outputs = z.output<typeof outputs>;
