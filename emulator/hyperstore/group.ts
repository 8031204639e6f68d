import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { page } from "./paging.ts";
import { dropLimits } from "./qoslimits.ts";
import { fits, lacks, objectIn, type Shape } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";
import { emptyGroup, type GroupInfo } from "./state.ts";
import { statusOf } from "./status.ts";

const shape: Shape = {
  active: "string",
  groupId: "string",
  groupName: "string",
  ldapEnabled: "boolean",
  ldapGroup: "string",
  ldapMatchAttribute: "string",
  ldapSearch: "string",
  ldapSearchUserBase: "string",
  ldapServerURL: "string",
  ldapUserDNTemplate: "string",
  s3endpointshttp: "strings",
  s3endpointshttps: "strings",
  s3websiteendpoints: "strings",
};

export function groupRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "DELETE", path: "/group", query: ["groupId"], handle: (call) => remove(context, call) },
    { method: "GET", path: "/group", query: ["groupId"], handle: (call) => get(context, call) },
    {
      method: "GET",
      path: "/group/list",
      query: ["prefix", "limit", "offset"],
      handle: (call) => list(context, call),
    },
    { method: "POST", path: "/group", query: [], handle: (call) => change(context, call) },
    { method: "PUT", path: "/group", query: [], handle: (call) => create(context, call) },
  ];
}

// 6.1
function remove({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing required parameters : {groupId}");
  const { groupId = "" } = call.query;
  if (!state.groups.has(groupId)) return refuse(call, 400, "Group does not exist");
  // Users being deleted count: 6.1.3 wants the users deleted first, and 14.1.3 says when that is complete.
  const occupied = [...state.users.values()].some(
    (user) => user.info.groupId === groupId && statusOf(user) !== "deleted",
  );
  if (occupied) return refuse(call, 409, "Cannot delete. Group is not empty.");
  state.groups.delete(groupId);
  dropLimits(state, groupId);
  return done();
}

// 6.2
function get({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing required parameters : {groupId}");
  const group = state.groups.get(call.query.groupId ?? "");
  return group ? json(group.info) : nothing();
}

// 6.3. The sample shows "all groups currently in the system" without the system group.
function list({ state }: Context, call: Call): Answer {
  const groups = [...state.groups.values()].map(({ info }) => info).filter(({ groupId }) => groupId !== "0");
  const rows = page(groups, ({ groupId }) => groupId, call.query);
  return rows ? json(rows) : refuse(call, 400, "Limit should be greater than zero");
}

// 6.5
function change({ state, laterAttributes }: Context, call: Call): Answer {
  const body = groupIn(call);
  if (!body) return refuse(call, 400, "Invalid JSON Object");
  if (!body.groupId) return refuse(call, 400, "Missing required attribute : {groupId}");
  if (!activeIsValid(body)) return refuse(call, 400, "Invalid Active Status for Post Group");
  if (!isProfile(body, laterAttributes)) return refuse(call, 400, "Invalid JSON Object");
  const group = state.groups.get(String(body.groupId));
  if (!group) return refuse(call, 400, "Group does not exist");
  // The whole profile is replaced; only an omitted `active` is kept (6.7.3).
  group.info = { ...emptyGroup(group.info.groupId), active: group.info.active, ...body };
  return done();
}

// 6.7
function create({ state, laterAttributes }: Context, call: Call): Answer {
  const body = groupIn(call);
  if (!body) return refuse(call, 400, "Invalid JSON Object");
  if (!body.groupId) return refuse(call, 400, "Missing required attribute : {groupId}");
  if (!activeIsValid(body)) return refuse(call, 400, "Invalid Active Status for Add Group");
  if (!isProfile(body, laterAttributes)) return refuse(call, 400, "Invalid JSON Object");
  const groupId = String(body.groupId);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(groupId)) return refuse(call, 400, "Invalid Group ID");
  if (state.groups.has(groupId)) return refuse(call, 409, `Unique constraint violation : ${groupId}`);
  state.groups.set(groupId, { info: { ...emptyGroup(groupId), ...body }, ratingPlans: {} });
  return done();
}

/** The payload, with one spelling of its endpoints. */
function groupIn(call: Call): Record<string, unknown> | undefined {
  const body = objectIn(call);
  return (
    body && Object.fromEntries(Object.entries(body).map(([name, value]) => [spelling[name] ?? name, value]))
  );
}

/** As 6.2.3 and 6.7 spell them, to as 6.3.3 and released clients do. Both are taken. */
const spelling: Readonly<Record<string, string>> = {
  s3endpointshhttp: "s3endpointshttp",
  s3endpointshhttps: "s3endpointshttps",
};

function activeIsValid({ active }: Record<string, unknown>): boolean {
  return active === undefined || active === "true" || active === "false";
}

// That a name above 64 characters (6.7.3) is called an invalid object is a choice: no code is given for it.
function isProfile(
  body: Record<string, unknown>,
  later: readonly string[],
): body is Partial<GroupInfo> & Record<string, unknown> {
  return fits(body, shape, later) && String(body.groupName ?? "").length <= 64;
}
