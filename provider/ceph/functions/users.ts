import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { secret } from "../../resource/fields.ts";
import { accessOf } from "../access.ts";
import { capsOf } from "../capset.ts";
import { listUids } from "../client/metadata.ts";
import { lookAtUser, showsKeys } from "../client/user.ts";
import type { KeylessUserInfo, UserInfo } from "../client/wire.ts";
import { subuserOf } from "../owner.ts";
import { uid, uidHelp } from "../rules.ts";
import { ceph } from "../system.ts";
import { opMaskOf, placementOf } from "../user/profile.ts";
import { subuserIn } from "../user/read.ts";
import { exactQuota, quota } from "./quota.ts";
import { stored, storedOf } from "./stored.ts";

const active = z
  .boolean()
  .optional()
  .describe("Whether it can be used. Absent before Tentacle, where every key can.");

const userInfo = z.object({
  uid: z.string().describe(uidHelp),
  displayName: z.string().describe("Display name. Admin Ops, Get User Info."),
  email: z.string().optional().describe("E-mail address; before Tentacle always in lower case."),
  suspended: z.boolean().describe("Whether the user is suspended. Admin Ops, Get User Info."),
  maxBuckets: z
    .number()
    .describe(
      "Most buckets that the user may own; 0 for no limit, below 0 for none at all. Admin Ops, Get User Info.",
    ),
  opMask: z
    .array(z.string())
    .describe("What the user may do at all: `read`, `write`, `delete`. Admin Ops, Get User Info."),
  defaultPlacement: z.string().optional().describe("Placement target of new buckets, if one was ever set."),
  defaultStorageClass: z
    .string()
    .optional()
    .describe("Storage class of new objects, if a placement was ever set."),
  placementTags: z
    .array(z.string())
    .optional()
    .describe("Tags that open placement targets to the user, if there are any."),
  type: z
    .string()
    .describe(
      "`rgw` for the cluster's own users, `root` for an account's root user; others come from Keystone, LDAP and the like.",
    ),
  accountId: z
    .string()
    .optional()
    .describe("The account that the user belongs to, if to one. From Tentacle on."),
  createDate: z.string().optional().describe("When the user was made, in UTC. Absent before Tentacle."),
  keys: z
    .array(
      z
        .object({
          accessKey: z.string().describe("The access key."),
          secretKey: secret(z.string()).describe("The secret key."),
          subuser: z
            .string()
            .optional()
            .describe("Name of the subuser, without the uid, where it is a subuser's."),
          active,
        })
        .meta({ title: "KeyInfo" }),
    )
    .optional()
    .describe(
      "S3 keys, in the order of the access keys. Absent where the admin user has the capability `user-info-without-keys` (from Tentacle on) in place of `users`. Admin Ops, Get User Info, `keys`.",
    ),
  swiftKeys: z
    .array(
      z
        .object({
          user: z.string().describe("The Swift user, as in `uid:name`."),
          secretKey: secret(z.string()).describe("The secret key."),
          active,
        })
        .meta({ title: "SwiftKeyInfo" }),
    )
    .optional()
    .describe("Swift keys. Absent where `keys` is. Admin Ops, Get User Info, `swift_keys`."),
  subusers: z
    .array(
      z
        .object({
          name: z.string().describe("Name of the subuser, without the uid."),
          access: z
            .enum(["none", "read", "write", "readwrite", "full"])
            .describe("What the subuser may do with the user's buckets."),
        })
        .meta({ title: "SubuserInfo" }),
    )
    .describe("Subusers. Admin Ops, Get User Info, `subusers`."),
  caps: z
    .record(z.string(), z.string())
    .describe(
      "Admin capabilities by their type: `read`, `write`, or `*` for both. Admin Ops, Get User Info, `caps`.",
    ),
  userQuota: quota.describe("Quota of all that the user owns. Admin Ops, Quotas."),
  bucketQuota: quota.describe("Quota of each bucket that has none of its own. Admin Ops, Quotas."),
  stats: stored
    .optional()
    .describe(
      "What the user's buckets hold together. A radosgw brings these figures up to date only now and then, so they lag behind; `listBuckets` with `stats` is exact. Only where `stats` is true.",
    ),
});

export const getUser = providerFunction({
  token: "tenantry:ceph:getUser",
  describe:
    "A user with keys, subusers, capabilities and quotas. An error when there is no such user. Admin Ops, Get User Info.",
  inputs: z.strictObject({
    uid: uid.describe(`${uidHelp} Admin Ops, Get User Info, \`uid\`.`),
    stats: z.boolean().default(false).describe("Whether to answer `stats` too."),
  }),
  outputs: userInfo,
  connect: ceph,
  async call(api, { uid, stats }) {
    const user = await lookAtUser(api, uid, stats ? { stats } : {});
    if (!user) throw new ProviderError("refused", `there is no user "${uid}"`);
    return infoOf(uid, user);
  },
});

export const listUsers = providerFunction({
  token: "tenantry:ceph:listUsers",
  describe:
    "The uids of all users of the cluster, in their order, a thousand a request: at most a million, with more it is an error. It takes the capability `metadata=read`. GET /metadata/user, which the page of the Admin Ops API does not have.",
  inputs: z.strictObject({}),
  outputs: z.object({
    uids: z.array(z.string()).describe("The uids, as `getUser` takes them: `uid` or `tenant$uid`."),
  }),
  connect: ceph,
  call: async (api) => ({ uids: await listUids(api) }),
});

function infoOf(uid: string, user: UserInfo | KeylessUserInfo): z.output<typeof userInfo> {
  const whose = `user "${uid}"`;
  return {
    uid,
    displayName: user.display_name,
    email: user.email || undefined,
    suspended: Boolean(user.suspended),
    maxBuckets: user.max_buckets,
    opMask: opMaskOf(user.op_mask),
    ...placementOf(user),
    type: user.type,
    accountId: user.account_id || undefined,
    createDate: user.create_date,
    ...(showsKeys(user) && keysOf(user)),
    subusers: user.subusers.map(({ id, permissions }) => ({
      name: subuserIn(id),
      access: accessOf(permissions),
    })),
    caps: capsOf(user.caps),
    userQuota: exactQuota(user.user_quota, `the quota of ${whose}`),
    bucketQuota: exactQuota(user.bucket_quota, `the quota of the buckets of ${whose}`),
    stats: user.stats && storedOf(user.stats, whose),
  };
}

const keysOf = ({ keys, swift_keys }: UserInfo) => ({
  keys: keys.map((key) => ({
    accessKey: key.access_key,
    secretKey: key.secret_key,
    subuser: subuserOf(key),
    active: key.active,
  })),
  swiftKeys: swift_keys.map(({ user, secret_key, active }) => ({ user, secretKey: secret_key, active })),
});
