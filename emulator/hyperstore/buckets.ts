import type { Bucket } from "./cluster.ts";
import type { State, User } from "./state.ts";
import { statusOf } from "./status.ts";

export interface OwnedBucket {
  owner: User;
  bucket: Bucket;
}

/** Every bucket there is: a user's go when the deletion of the user is complete. */
export function allBuckets(state: State): OwnedBucket[] {
  return [...state.users.values()]
    .filter((owner) => statusOf(owner) !== "deleted")
    .flatMap((owner) => owner.buckets.map((bucket) => ({ owner, bucket })));
}

/** A bucket's name is unique in the whole system. */
export function findBucket(state: State, bucketName = ""): OwnedBucket | undefined {
  return allBuckets(state).find(({ bucket }) => bucket.bucketName === bucketName);
}

export function removeObjects(state: State, bucketName: string): void {
  for (const [key, object] of state.objects) if (object.bucketName === bucketName) state.objects.delete(key);
}
