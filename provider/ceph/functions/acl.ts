import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { getAcl } from "../client/bucket.ts";
import type { AclInfo, GrantInfo } from "../client/wire.ts";
import { bucketHelp, bucketName } from "../rules.ts";
import { ceph } from "../system.ts";

/** The bits of `permission.flags`; the last two are Swift's. */
const permissions = ["READ", "WRITE", "READ_ACP", "WRITE_ACP", "READ_OBJS", "WRITE_OBJS"] as const;

const grant = z
  .object({
    type: z
      .enum(["user", "email", "group", "referer", "unknown"])
      .describe("What it is granted to. Only Swift makes grants to referers."),
    id: z
      .string()
      .optional()
      .describe(
        "Of a user, the uid or the account's id; `.rlistings` is Swift's word for listing by referer.",
      ),
    displayName: z.string().optional().describe("Of a user, the display name when it was granted."),
    email: z.string().optional().describe("Of an e-mail address, that address."),
    group: z
      .enum(["AllUsers", "AuthenticatedUsers"])
      .optional()
      .describe("Of a group, everyone, or everyone who is authenticated."),
    referer: z.string().optional().describe("Of a referer, the host that requests must come from."),
    permissions: z
      .array(z.string())
      .describe(
        "`FULL_CONTROL`, or some of `READ`, `WRITE`, `READ_ACP` and `WRITE_ACP`, as in S3; from Swift, `READ_OBJS` and `WRITE_OBJS`. Empty where a referer is shut out.",
      ),
  })
  .meta({ title: "Grant" });

const acl = z.object({
  owner: z.string().describe("Uid of the owner, or the account's id."),
  ownerDisplayName: z.string().describe("The owner's display name."),
  grants: z.array(grant).describe("Who has which permissions. Admin Ops, Get Bucket or Object Policy."),
});

const bucket = bucketName.describe(`${bucketHelp} Admin Ops, Get Bucket or Object Policy, \`bucket\`.`);

export const getBucketPolicy = providerFunction({
  token: "tenantry:ceph:getBucketPolicy",
  describe:
    "The access control list of a bucket. What the Admin Ops API calls a policy is the ACL; a bucket policy in JSON, as S3 has it, is not part of this API. An error when there is no such bucket. Admin Ops, Get Bucket or Object Policy.",
  inputs: z.strictObject({ bucket }),
  outputs: acl,
  connect: ceph,
  async call(api, { bucket }) {
    const info = await getAcl(api, bucket, undefined);
    if (!info) throw new ProviderError("refused", `there is no bucket "${bucket}"`);
    return aclOf(info);
  },
});

export const getObjectPolicy = providerFunction({
  token: "tenantry:ceph:getObjectPolicy",
  describe:
    "The access control list of an object, of its current version where it has several. An error when there is no such object or bucket. Admin Ops, Get Bucket or Object Policy.",
  inputs: z.strictObject({
    bucket,
    object: z
      .string()
      .min(1)
      .describe("Key of the object. Admin Ops, Get Bucket or Object Policy, `object`."),
  }),
  outputs: acl,
  connect: ceph,
  async call(api, { bucket, object }) {
    const info = await getAcl(api, bucket, object);
    if (!info)
      throw new ProviderError(
        "refused",
        `there is no object "${object}" in bucket "${bucket}", or no such bucket`,
      );
    return aclOf(info);
  },
});

const aclOf = ({ owner, acl }: AclInfo) => ({
  owner: owner.id,
  ownerDisplayName: owner.display_name,
  grants: acl.grant_map.map(({ grant }) => grantOf(grant)),
});

const types = ["user", "email", "group", "unknown", "referer"] as const;
const groups = [undefined, "AllUsers", "AuthenticatedUsers"] as const;

function grantOf({ type, permission: { flags }, ...info }: GrantInfo): z.output<typeof grant> {
  const some = permissions.filter((_, bit) => flags & (1 << bit));
  return {
    type: types[type.type] ?? "unknown",
    id: info.id || undefined,
    displayName: info.name || undefined,
    email: info.email || undefined,
    group: groups[info.group ?? 0],
    referer: info.url_spec || undefined,
    permissions: flags === fullControl ? ["FULL_CONTROL"] : some,
  };
}

const fullControl = 0b1111;
