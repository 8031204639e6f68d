import type { Response } from "../http/index.ts";
import { joinId } from "../resource/definition.ts";
import { ProviderError } from "../resource/errors.ts";
import { refusal, says } from "./answers.ts";
import type { HyperStore } from "./client.ts";
import type { UserBuckets, UserKey } from "./wire.ts";

type Buckets = UserBuckets["buckets"];

/**
 * Throws where a user owns buckets. Most systems would refuse to delete such a user, but some are set to destroy the
 * buckets with the user, for good (section 14.1.3): so it is asked before anything is deleted.
 */
export async function refuseOwner(api: HyperStore, key: UserKey): Promise<void> {
  const buckets = await bucketsOf(api, key);
  // The buckets of a user who is being deleted are lost already, and may be listed to the end.
  if (buckets.length === 0 || !(await api.getUser(key))) return;
  throw new ProviderError(
    "refused",
    `user "${joinId(key.groupId, key.userId)}" owns buckets (${named(buckets)}): delete them first, or, if they may be destroyed with all that is in them, set purgeData to true and run pulumi up before you delete the user`,
  );
}

/** What the Admin API can do for a user that the system does not delete because of its buckets: empty them. */
export async function purgeBuckets(api: HyperStore, key: UserKey, refused: Response): Promise<void> {
  const buckets = await bucketsOf(api, key);
  if (buckets.length === 0) return;
  for (const { bucketName, region } of buckets) {
    const response = await api.purgeBucket(bucketName);
    if (response.status !== 200)
      throw new ProviderError(
        "refused",
        `bucket "${bucketName}"${region ? ` of region "${region}"` : ""} cannot be purged, so its owner cannot be deleted. ${purgeRefusal(response)}`,
      );
  }
  throw new ProviderError(
    "refused",
    `user "${joinId(key.groupId, key.userId)}" owns buckets (${named(buckets)}), and this system does not delete users who do (common.user.allowDeleteWithBuckets is off). All objects in them were deleted, as purgeData says, but the Admin API cannot delete the buckets themselves: delete them through S3, then run again. ${refusal(refused).message}`,
  );
}

async function bucketsOf(api: HyperStore, { groupId, userId }: UserKey): Promise<Buckets> {
  const owners = await api.listBuckets(groupId);
  return owners.find((owner) => owner.userId === userId)?.buckets ?? [];
}

const named = (buckets: Buckets): string => {
  const names = buckets.slice(0, 10).map(({ bucketName }) => bucketName);
  return buckets.length > 10 ? `${names.join(", ")} and ${buckets.length - 10} more` : names.join(", ");
};

/** Section 5.6.6. Its 403 are about Object Lock, unlike those of other methods. */
function purgeRefusal(response: Response): string {
  if (says(response, 400, /must be sent to region/i))
    return `The Admin Service of the bucket's own region has to be asked: POST /bucketops/purge there (section 5.6.3). ${response.error().message}`;
  return says(response, 403, /lock|token/i) ? response.error().message : refusal(response).message;
}
