import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { limits, limitsKey, type QosLimits, types } from "./qoslimits.ts";
import { regionIn } from "./region.ts";
import { done, json, refuse } from "./respond.ts";
import { findUser } from "./users.ts";

const path = "/qos/limits";
const selector = ["userId", "groupId", "region"];

export function qosRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "DELETE", path, query: selector, handle: (call) => remove(context, call) },
    { method: "GET", path, query: selector, handle: (call) => get(context, call) },
    { method: "POST", path, query: [...selector, ...limits], handle: (call) => post(context, call) },
  ];
}

// 9.1. It names three of the five levels, and refuses none.
function remove({ state }: Context, call: Call): Answer {
  const at = keyIn(call, state.regions);
  if ("refused" in at) return refuse(call, 400, at.refused);
  state.qos.delete(at.key);
  return done();
}

// 9.2. What a level without limits of its own shows is not said: here -1 everywhere.
function get(context: Context, call: Call): Answer {
  const { state, legacyQosTypes } = context;
  const at = keyIn(call, state.regions);
  if ("refused" in at) return refuse(call, 400, at.refused);
  const { userId = "", groupId = "" } = call.query;
  const isUser = userId !== "ALL" && userId !== "*";
  if (isUser && !findUser(state, groupId, userId)) return refuse(call, 400, "User does not exist");
  const set = state.qos.get(at.key);
  const qosLimitList = limits.map((name) => ({
    type: typeOf(name, legacyQosTypes),
    value: set?.[name] ?? -1,
  }));
  return json({
    groupId,
    labelId: isUser ? "qos.userQosOverrides.title" : "qos.groupQos.title",
    qosLimitList,
    userId,
  });
}

// 9.3. No code is given for a user or group that does not exist: the limits are kept for nobody. Every integer is
// taken: a released client marks what it has set by -2.
function post({ state }: Context, call: Call): Answer {
  const at = keyIn(call, state.regions);
  if ("refused" in at) return refuse(call, 400, at.refused);
  if (limits.some((name) => call.query[name] === undefined))
    return refuse(call, 400, `Missing required parameters : {userId, groupId, ${limits.join(", ")}}`);
  const values = limits.map((name) => [name, call.query[name] ?? ""] as const);
  if (values.some(([, value]) => !/^-?\d{1,18}$/.test(value))) return refuse(call, 400, "Invalid parameter");
  state.qos.set(
    at.key,
    Object.fromEntries(values.map(([name, value]) => [name, Number(value)])) as QosLimits,
  );
  return done();
}

/** 9.2.4: systems first installed as 7.4 or older may still show two of the types by their old names. */
function typeOf(name: keyof typeof types, legacy: boolean): string {
  const type = types[name];
  return legacy ? type.replace(/^(STORAGE_QUOTA_\w+)_LH$/, "$1") : type;
}

function keyIn(call: Call, regions: readonly string[]): { key: string } | { refused: string } {
  const { userId, groupId } = call.query;
  if (!userId || !groupId) return { refused: "Missing required parameters : {userId, groupId}" };
  const region = regionIn(regions, call);
  if (region === undefined) return { refused: `Region ${call.query.region} is invalid` };
  return { key: limitsKey(region, groupId, userId) };
}
