import type { Answer, Call } from "../kit/types.ts";
import { findBucket, type OwnedBucket, removeObjects } from "./buckets.ts";
import { newId } from "./cluster.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { isValidToken } from "./purgetoken.ts";
import { lacks } from "./request.ts";
import { json, nothing, refuse, text } from "./respond.ts";
import { isLive } from "./status.ts";

const noBucketName = "Missing required parameter: bucketName";

export function bucketRoutes(context: Context): DocumentedRoute[] {
  const path = "/bucketops";
  return [
    { method: "GET", path: `${path}/id`, query: ["bucketName"], handle: (call) => id(context, call) },
    {
      method: "GET",
      path: `${path}/gettags`,
      query: ["groupId", "limit", "userId"],
      handle: (call) => tags(context, call),
    },
    {
      method: "POST",
      path: `${path}/purge`,
      query: ["bucketName", "token", "deleteBucket"],
      handle: (call) => purge(context, call),
    },
  ];
}

// 5.2. "If one exists": that there is none, or no such bucket, is a 204 as elsewhere, which is a choice.
function id({ state }: Context, call: Call): Answer {
  if (lacks(call, "bucketName")) return refuse(call, 400, noBucketName);
  const bucketId = findBucket(state, call.query.bucketName)?.bucket.bucketId;
  return bucketId ? text(bucketId) : nothing();
}

// 5.3. `limit` counts users, "users are retrieved in alphanumeric order", and only buckets that have tags are listed:
// so a page can be empty and still have a next one. A limit out of bounds has no text: what it is answered is a choice.
function tags({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing required parameter : {groupId}");
  const { groupId, limit = "10", userId = "" } = call.query;
  if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > 100)
    return refuse(call, 400, "Invalid limit");
  const users = [...state.users.values()]
    .filter((user) => user.info.groupId === groupId && isLive(user) && user.info.userId >= userId)
    .sort((a, b) => (a.info.userId < b.info.userId ? -1 : 1));
  const shown = users.slice(0, Number(limit)).map(({ info, buckets }) => {
    const tagged = buckets.filter((bucket) => Object.keys(bucket.tags).length > 0);
    return [
      info.userId,
      Object.fromEntries(tagged.map((bucket) => [bucket.bucketName, bucket.tags])),
    ] as const;
  });
  return json({
    groupId,
    nextUserId: users[Number(limit)]?.info.userId ?? null,
    userBucket: Object.fromEntries(shown.filter(([, buckets]) => Object.keys(buckets).length > 0)),
  });
}

// 5.6. For a bucket that does not exist no code is given.
function purge(context: Context, call: Call): Answer {
  if (lacks(call, "bucketName")) return refuse(call, 400, noBucketName);
  const { bucketName = "" } = call.query;
  const found = findBucket(context.state, bucketName);
  if (!found) return refuse(call, 400, "Bucket does not exist");
  const { owner, bucket } = found;
  if (bucket.region !== (context.otherRegion ?? context.state.regions[0]))
    return refuse(call, 400, "Purge request must be sent to region in which bucket is located");
  const deletes = call.query.deleteBucket === "true";
  if (deletes && !bucket.objectLock)
    return refuse(call, 400, "deleteBucket is supported only for locked buckets");
  const forbidden = bucket.objectLock && whyLocked(context, found, call.query.token);
  if (forbidden) return refuse(call, 403, forbidden);
  Object.assign(bucket, { bucketId: newId(), byteCount: 0, objectCount: 0, tieredBytes: 0 });
  removeObjects(context.state, bucketName);
  if (deletes) owner.buckets = owner.buckets.filter((each) => each !== bucket);
  return text(`Bucket: ${bucketName} purged.`);
}

function whyLocked({ state }: Context, { bucket }: OwnedBucket, token = ""): string | undefined {
  if (state.cluster.license.objectLockMode !== "COMPATIBLE")
    return "Compatible Object Lock type license is required to purge a locked bucket";
  if (!isValidToken(token, bucket))
    return "Valid token from Cloudian Support is required to purge a locked bucket";
  return undefined;
}
