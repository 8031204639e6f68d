import type { Answer, Call } from "../kit/types.ts";
import { allBuckets, type OwnedBucket } from "./buckets.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { page } from "./paging.ts";
import { lacks } from "./request.ts";
import { json, refuse, text } from "./respond.ts";
import type { State } from "./state.ts";
import { isLive } from "./status.ts";
import { findUser } from "./users.ts";

type Counted = "byteCount" | "objectCount";

/** What is stored: by system, group, user and bucket. */
export function storedRoutes(context: Context): DocumentedRoute[] {
  const whose = ["groupId", "userId"];
  const paged = ["groupId", "limit", "offset"];
  const one = (path: string, counted: Counted): DocumentedRoute => ({
    method: "GET",
    path,
    query: [...whose, "bucketName", "region"],
    handle: (call) => stored(context, call, counted),
  });
  const each = (path: string, counted: Counted): DocumentedRoute => ({
    method: "GET",
    path,
    query: paged,
    handle: (call) => byUser(context, call, counted),
  });
  return [
    one("/system/bytecount", "byteCount"),
    one("/system/objectcount", "objectCount"),
    each("/system/groupbytecount", "byteCount"),
    each("/system/groupobjectcount", "objectCount"),
    { method: "GET", path: "/system/bytestiered", query: whose, handle: (call) => tiered(context, call) },
  ];
}

// 11.5 and 11.11, with the spelling of their refusals.
function stored({ state }: Context, call: Call, counted: Counted): Answer {
  const { bucketName, region, userId } = call.query;
  if (lacks(call, "groupId", "userId"))
    return bucketName
      ? refuse(call, 400, "Must specify group and user if bucket if specified")
      : refuse(call, 400, "Missing required parameters: {groupId}, {userId}");
  if (region && !state.regions.includes(region)) return refuse(call, 400, "Invalid region");
  const owned = ownedIn(state, call);
  if (!owned) return refuse(call, 400, "Group or user not found");
  if (!bucketName) return text(String(sum(owned, counted, (bucket) => !region || bucket.region === region)));
  if (userId === "*") return refuse(call, 400, 'User cannot be "" if bucket if specified');
  const found = owned.find(({ bucket }) => bucket.bucketName === bucketName);
  if (!found) return refuse(call, 400, "Bucket not found");
  if (region && found.bucket.region !== region) return refuse(call, 400, "Bucket is not in specified region");
  // "Will not work" while they are not counted (11.5.3). How it does not is not said: nothing counted is a choice.
  return text(state.cluster.bucketCounters ? String(found.bucket[counted]) : "0");
}

// 11.6. Nobody is refused; that a group or user that does not exist has nothing is a choice.
function tiered({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId", "userId"))
    return refuse(call, 400, "Missing required parameters: {groupId}, {userId}");
  const bytes = sum(ownedIn(state, call) ?? [], "tieredBytes");
  return text(JSON.stringify(sizeOf(Math.floor(bytes / 1024 ** 3)))); // with quotes, as the sample shows it
}

/** "<n>G", or a larger unit where that is exact, as of the licence (11.10.3): of 11.6.4 it is a choice. */
function sizeOf(gibibytes: number): string {
  if (gibibytes === 0) return "0";
  if (gibibytes % 1024 ** 2 === 0) return `${gibibytes / 1024 ** 2}P`;
  return gibibytes % 1024 === 0 ? `${gibibytes / 1024}T` : `${gibibytes}G`;
}

// 11.8 and 11.9. A group that does not exist has no users, says nobody.
function byUser({ state }: Context, call: Call, counted: Counted): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing required parameter: {groupId}");
  const { groupId } = call.query;
  const users = [...state.users.values()].filter((user) => user.info.groupId === groupId && isLive(user));
  const rows = page(users, ({ info }) => info.userId, call.query);
  if (!rows) return refuse(call, 400, "Limit should be greater than zero.");
  return json(
    rows.map(({ info, buckets }) => ({
      canonicalUserId: info.canonicalUserId,
      groupId,
      usageVal: buckets.reduce((total, bucket) => total + bucket[counted], 0),
      userId: info.userId,
    })),
  );
}

/** The buckets of the whole system, of a group or of a user; undefined when there is no such group or user. */
function ownedIn(state: State, { query }: Call): OwnedBucket[] | undefined {
  const { groupId = "", userId = "" } = query;
  const all = allBuckets(state);
  if (groupId === "ALL" && userId === "*") return all;
  const ofGroup = all.filter(({ owner }) => owner.info.groupId === groupId);
  if (userId === "*") return state.groups.has(groupId) ? ofGroup : undefined;
  return findUser(state, groupId, userId) && ofGroup.filter(({ owner }) => owner.info.userId === userId);
}

function sum(
  owned: readonly OwnedBucket[],
  counted: Counted | "tieredBytes",
  counts: (bucket: OwnedBucket["bucket"]) => boolean = () => true,
): number {
  return owned.reduce((total, { bucket }) => total + (counts(bucket) ? bucket[counted] : 0), 0);
}
