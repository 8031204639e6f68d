import * as z from "zod";
import { ProviderError } from "../resource/errors.ts";
import { immutable } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import { getBucket, inTurnOfBucket, linkBucket, linkToAccount } from "./client/bucket.ts";
import type { Radosgw } from "./client/calls.ts";
import { getUser } from "./client/user.ts";
import { bucketHelp, bucketName, isAccount, uid, uidHelp } from "./rules.ts";
import { ceph } from "./system.ts";

const inputs = z
  .strictObject({
    bucket: immutable(bucketName).describe(`${bucketHelp} Admin Ops, Link Bucket, \`bucket\`.`),
    uid: uid.describe(
      `The user who owns the bucket, of the bucket's tenant. ${uidHelp} Admin Ops, Link Bucket, \`uid\`.`,
    ),
  })
  .superRefine(({ bucket, uid: owner }, context) => {
    const [tenant, tenantOfOwner] = [before(bucket, "/"), before(owner, "$")];
    if (tenant !== tenantOfOwner)
      context.addIssue({
        code: "custom",
        path: ["uid"],
        message: `must be a user ${tenant === "" ? "without a tenant" : `of tenant "${tenant}"`}, as the bucket is: linked to another tenant's user a bucket is renamed, and replaces one that has the name there`,
      });
  });

export const BucketOwner = settings({
  token: "tenantry:ceph:BucketOwner",
  describe:
    "The user who owns a bucket. A change links the bucket to another user, who may then list, fill and delete it; objects that are in it keep their access rules, so that reading them stays with the earlier owner until these are changed too (`radosgw-admin bucket chown` changes them). Admin Ops, Link Bucket.",
  example: { bucket: "measurements", uid: "research" },
  inputs,
  outputs: z.object({}),
  connect: ceph,
  id: ({ bucket }) => bucket,

  async read(api, bucket) {
    const found = await getBucket(api, bucket);
    return found && { inputs: { bucket, uid: found.owner }, outputs: {} };
  },

  async write(api, bucket, want, was) {
    if (isAccount(was.inputs.uid))
      throw new ProviderError(
        "refused",
        `Ceph BucketOwner "${bucket}" is not changed: the bucket belongs to account ${was.inputs.uid}, which the API could not give it back to. If it is to leave the account, link it by radosgw-admin bucket link first; the way back would be ${linkToAccount(bucket, was.inputs.uid)}`,
      );
    await link(api, bucket, want.uid);
    return {};
  },

  restore: (api, bucket, previous) => link(api, bucket, previous.uid),
});

const before = (text: string, sign: string): string => text.slice(0, Math.max(0, text.indexOf(sign)));

async function link(api: Radosgw, bucket: string, to: string): Promise<void> {
  if (await inTurnOfBucket(api, bucket, () => linkBucket(api, bucket, to))) return;
  // 404 NoSuchKey says neither.
  const isUserThere = await getUser(api, to);
  throw new ProviderError(
    "refused",
    `Ceph BucketOwner "${bucket}" cannot be linked to user "${to}": ${isUserThere ? "there is no such bucket any more" : "there is no such user. If this is the one to be restored, set onDelete to keep first"}`,
  );
}
