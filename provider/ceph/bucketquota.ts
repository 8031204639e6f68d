import * as z from "zod";
import { ProviderError } from "../resource/errors.ts";
import { immutable } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import { getBucket, inTurnOfBucket, putBucketQuota } from "./client/bucket.ts";
import { uidOfKey } from "./client/user.ts";
import type { BucketInfo } from "./client/wire.ts";
import { quotaFields, quotaOf, quotaToWire } from "./limits.ts";
import { bucketHelp, bucketName, isAccount } from "./rules.ts";
import { ceph } from "./system.ts";

const inputs = z.strictObject({
  bucket: immutable(bucketName).describe(`${bucketHelp} Admin Ops, Quotas, \`bucket\`.`),
  ...quotaFields,
});

export const BucketQuota = settings({
  token: "tenantry:ceph:BucketQuota",
  describe:
    "The quota of one bucket, whoever owns it. Without one of its own, the bucket quota of its owner applies. Admin Ops, Quotas, Set Quota for an Individual Bucket.",
  example: { bucket: "measurements", maxSizeBytes: 1_099_511_627_776 },
  inputs,
  outputs: z.object({}),
  connect: ceph,
  id: ({ bucket }) => bucket,

  async read(api, bucket) {
    const found = await getBucket(api, bucket);
    return found && { inputs: { bucket, ...quotaOf(found.bucket_quota) }, outputs: {}, raw: found };
  },

  async write(api, bucket, want, was) {
    const { owner, bucket_quota } = was.raw as BucketInfo;
    // The call wants some user: the owner, unless that is an account, as it may be from Tentacle on.
    const uid = (isAccount(owner) && (await uidOfKey(api, api.accessKey))) || owner;
    const quota = quotaToWire(want, bucket_quota);
    if (!(await inTurnOfBucket(api, bucket, () => putBucketQuota(api, bucket, uid, quota))))
      throw new ProviderError(
        "refused",
        `Ceph BucketQuota "${bucket}" cannot be set: there is no such bucket any more, or its owner "${uid}" is gone`,
      );
    return {};
  },
});
