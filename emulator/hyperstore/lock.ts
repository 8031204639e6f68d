import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { done, refuse, text } from "./respond.ts";
import type { User } from "./state.ts";
import { addressIn } from "./users.ts";

const address = ["userId", "groupId", "canonicalUserId"];
const unaddressed = "Missing or conflicting parameters : {userId, groupId,canonicalUserId}";

export function lockRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "GET", path: "/user/islocked", query: address, handle: (call) => get(context, call) },
    { method: "POST", path: "/user/unlock", query: address, handle: (call) => unlock(context, call) },
  ];
}

export function isLocked(user: User): boolean {
  return user.lockedUntil !== undefined && Date.now() < user.lockedUntil;
}

/** "30 minutes by default" (14.9.3). */
export function lock(user: User): void {
  user.lockedUntil = Date.now() + 30 * 60_000;
}

// 14.9
function get({ state }: Context, call: Call): Answer {
  const address = addressIn(call);
  if (!address) return refuse(call, 400, unaddressed);
  const user = address.find(state);
  return user ? text(String(isLocked(user))) : refuse(call, 400, "User/Group does not exist");
}

// 14.25
function unlock({ state }: Context, call: Call): Answer {
  const address = addressIn(call);
  if (!address) return refuse(call, 400, unaddressed);
  const user = address.find(state);
  if (!user) return refuse(call, 400, "User/Group does not exist");
  delete user.lockedUntil;
  user.failedVerifications = 0;
  return done();
}
