import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { dropLimits } from "./qoslimits.ts";
import { done, json, nothing, refuse } from "./respond.ts";
import { isLive, statusOf } from "./status.ts";
import { listUsers } from "./userlist.ts";
import { changeUser, createUser } from "./userprofile.ts";
import { addressIn, shownProfile } from "./users.ts";

const address = ["userId", "groupId", "canonicalUserId"];
const listing = ["groupId", "userType", "userStatus", "prefix", "limit", "offset", "extended"];
const purging = ["canonicalUserId", "groupId"];

export function userRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "DELETE", path: "/user", query: address, handle: (call) => remove(context, call) },
    { method: "DELETE", path: "/user/deleted", query: purging, handle: (call) => purge(context, call) },
    { method: "GET", path: "/user", query: address, handle: (call) => get(context, call) },
    { method: "GET", path: "/user/list", query: listing, handle: (call) => listUsers(context, call) },
    { method: "POST", path: "/user", query: [], handle: (call) => changeUser(context, call) },
    { method: "PUT", path: "/user", query: [], handle: (call) => createUser(context, call) },
  ];
}

// 14.1. The document says that these are refused by default, not with what words.
function remove({ state, deletionDelayMs, allowDeleteWithBuckets }: Context, call: Call): Answer {
  const address = addressIn(call);
  if (!address) return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const user = address.find(state);
  if (!user) return refuse(call, 400, "User does not exist");
  if (user.info.groupId === "0" && user.info.userId === "admin") {
    return refuse(call, 400, "Cannot delete. User is the default system administrator.");
  }
  if (user.buckets.length > 0 && !allowDeleteWithBuckets) {
    return refuse(call, 400, "Cannot delete. User owns buckets.");
  }
  if (user.iamUsers.length > 0) return refuse(call, 400, "Cannot delete. User owns IAM resources.");
  user.deletedAt = Date.now() + deletionDelayMs;
  dropLimits(state, user.info.groupId, user.info.userId);
  return done();
}

// 14.3
function purge({ state }: Context, call: Call): Answer {
  const { canonicalUserId, groupId } = call.query;
  if (!canonicalUserId === !groupId) {
    return refuse(call, 400, "Conflicting or missing parameters : {canonicalUserId, groupId}");
  }
  const deleted = [...state.users.values()].filter(
    (user) =>
      statusOf(user) === "deleted" &&
      (user.info.canonicalUserId === canonicalUserId || user.info.groupId === groupId),
  );
  // A group without deleted users has nothing to purge, which is no error of a user's.
  if (canonicalUserId && deleted.length === 0) {
    return refuse(call, 400, "User does not exist or is not in a deleted state.");
  }
  for (const { info } of deleted) state.users.delete(info.canonicalUserId);
  return done();
}

// 14.5. By canonicalUserId a deleted user can still be got (14.5.3), one being deleted cannot (14.26.3).
function get({ state }: Context, call: Call): Answer {
  const address = addressIn(call);
  if (!address) return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const user = address.find(state) ?? state.users.get(call.query.canonicalUserId ?? "");
  if (!user || !(isLive(user) || statusOf(user) === "deleted")) return nothing();
  return json(shownProfile(user));
}
