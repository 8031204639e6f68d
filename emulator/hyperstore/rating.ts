import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { regionIn } from "./region.ts";
import { lacks } from "./request.ts";
import { done, json, nothing, refuse, text } from "./respond.ts";
import type { State, User } from "./state.ts";
import { addressIn, findUser } from "./users.ts";

const ofUser = ["userId", "groupId", "region"];

export function ratingRoutes(context: Context): DocumentedRoute[] {
  const group = "/group/ratingPlanId";
  const user = "/user/ratingPlanId";
  const content = ["userId", "groupId", "canonicalUserId", "region"];
  return [
    {
      method: "GET",
      path: group,
      query: ["groupId", "region"],
      handle: (call) => groupPlanId(context, call),
    },
    {
      method: "POST",
      path: group,
      query: ["groupId", "ratingPlanId", "region"],
      handle: (call) => assignToGroup(context, call),
    },
    { method: "GET", path: "/user/ratingPlan", query: content, handle: (call) => userPlan(context, call) },
    { method: "GET", path: user, query: ofUser, handle: (call) => userPlanId(context, call) },
    {
      method: "POST",
      path: user,
      query: [...ofUser, "ratingPlanId"],
      handle: (call) => assignToUser(context, call),
    },
  ];
}

// 6.4
function groupPlanId({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing Required parameters : {groupId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const { groupId = "" } = call.query;
  return state.groups.has(groupId) ? text(planOfGroup(state, groupId, region)) : nothing();
}

// 6.6. No code is given for a group that does not exist: the 200 then changed nothing. The same in 14.24.
function assignToGroup({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId", "ratingPlanId")) {
    return refuse(call, 400, "Missing Required parameters : {groupId, ratingPlanId}");
  }
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const { groupId = "", ratingPlanId = "" } = call.query;
  const group = state.groups.get(groupId);
  if (group) group.ratingPlans[region] = ratingPlanId;
  return done();
}

// 14.13
function userPlan({ state }: Context, call: Call): Answer {
  const address = addressIn(call);
  if (!address) return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const user = address.find(state);
  const plan = user && state.ratingPlans.get(planOfUser(state, user, region));
  return plan ? json(plan) : nothing();
}

// 14.14
function userPlanId({ state }: Context, call: Call): Answer {
  if (lacks(call, "userId", "groupId"))
    return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const { userId = "", groupId = "" } = call.query;
  const user = findUser(state, groupId, userId);
  return user ? text(planOfUser(state, user, region)) : nothing();
}

// 14.24
function assignToUser({ state }: Context, call: Call): Answer {
  if (lacks(call, "userId", "groupId", "ratingPlanId")) {
    return refuse(call, 400, "Missing Required parameters : {userId, groupId, ratingPlanId}");
  }
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const { userId = "", groupId = "", ratingPlanId = "" } = call.query;
  const user = findUser(state, groupId, userId);
  if (user) user.ratingPlans[region] = ratingPlanId;
  return done();
}

function planOfGroup(state: State, groupId: string, region: string): string {
  return state.groups.get(groupId)?.ratingPlans[region] ?? "Default-RP";
}

// That a user without a plan shows the one of the group is a choice: the document does not say.
function planOfUser(state: State, user: User, region: string): string {
  return user.ratingPlans[region] ?? planOfGroup(state, user.info.groupId, region);
}
