import type { Answer, Call } from "../kit/types.ts";
import { allBuckets } from "./buckets.ts";
import type { Bucket } from "./cluster.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { lacks } from "./request.ts";
import { json, nothing, refuse, text } from "./respond.ts";
import type { State } from "./state.ts";
import { findUser } from "./users.ts";

const noGroupId = "Missing required parameter: {groudId}"; // 11.3.4 and 11.4.5 spell it so

export function bucketListRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "GET",
      path: "/system/bucketcount",
      query: ["groupId", "region"],
      handle: (call) => count(context, call),
    },
    { method: "GET", path: "/system/bucketlist", query: ["groupId"], handle: (call) => list(context, call) },
    {
      method: "GET",
      path: "/system/bucketusage",
      query: ["groupId", "userId", "bucketName"],
      handle: (call) => usage(context, call),
    },
  ];
}

// 11.2. When the 204 comes is not said: here for a group that does not exist. The text without groupId is a choice.
function count({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing required parameter: {groupId}");
  const { groupId = "", region } = call.query;
  if (region && !state.regions.includes(region)) return refuse(call, 400, "Invalid region name");
  if (!state.groups.has(groupId)) return nothing();
  const buckets = byOwner(state, groupId).flatMap((owner) => owner.buckets);
  return text(String(buckets.filter((bucket) => !region || bucket.region === region).length));
}

// 11.3
function list({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, noGroupId);
  const owners = byOwner(state, call.query.groupId);
  if (owners.length === 0) return nothing();
  return json(
    owners.map(({ userId, buckets }) => ({
      userId,
      buckets: buckets.map(({ bucketName, createTime, region, policyName }) => ({
        bucketName,
        createTime,
        region,
        policyName,
      })),
    })),
  );
}

// 11.4. "Will not work" while buckets are not counted (11.4.3). How it does not is not said: nothing counted is a choice.
function usage({ state }: Context, call: Call): Answer {
  const { groupId = "", userId, bucketName } = call.query;
  if (bucketName && (!groupId || !userId))
    return refuse(call, 400, "bucketName is specified and groupId or userId is empty");
  if (!groupId) return refuse(call, 400, noGroupId);
  const owners = byOwner(state, groupId)
    .filter((owner) => !userId || owner.userId === userId)
    .map((owner) => ({
      ...owner,
      buckets: owner.buckets.filter((bucket) => !bucketName || bucket.bucketName === bucketName),
    }));
  const exists = state.groups.has(groupId) && (!userId || findUser(state, groupId, userId));
  if (!exists || (bucketName && !owners.some(({ buckets }) => buckets.length > 0)))
    return refuse(call, 400, "Group is not found or user is not found or bucket is not found");
  const { bucketCounters } = state.cluster;
  return json(
    owners.map((owner) => ({
      userId: owner.userId,
      buckets: owner.buckets.map(({ bucketName, byteCount, objectCount, policyName }) => ({
        bucketName,
        byteCount: bucketCounters ? byteCount : 0,
        objectCount: bucketCounters ? objectCount : 0,
        policyName,
      })),
    })),
  );
}

/** Users of a group who own buckets. */
function byOwner(state: State, groupId = ""): { userId: string; buckets: Bucket[] }[] {
  const owners = new Set(allBuckets(state).map(({ owner }) => owner));
  return [...owners]
    .filter(({ info }) => info.groupId === groupId)
    .map(({ info, buckets }) => ({ userId: info.userId, buckets }));
}
