import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { regionIn } from "./region.ts";
import { lacks } from "./request.ts";
import { done, json, nothing, refuse, text } from "./respond.ts";
import type { User } from "./state.ts";
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
function groupPlanId(context: Context, call: Call): Answer {
  const { state } = context;
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing Required parameters : {groupId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const { groupId = "" } = call.query;
  const plan = planOfGroup(context, groupId, region);
  return plan === undefined ? nothing() : text(plan);
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
function userPlan(context: Context, call: Call): Answer {
  const { state } = context;
  const address = addressIn(call);
  if (!address) return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const user = address.find(state);
  const plan = state.ratingPlans.get(planOfUser(context, user, region) ?? "");
  return plan ? json(plan) : nothing();
}

// 14.14
function userPlanId(context: Context, call: Call): Answer {
  const { state } = context;
  if (lacks(call, "userId", "groupId"))
    return refuse(call, 400, "Missing Required parameters : {userId, groupId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Region ${call.query.region} is not valid`);
  const { userId = "", groupId = "" } = call.query;
  const plan = planOfUser(context, findUser(state, groupId, userId), region);
  return plan === undefined ? nothing() : text(plan);
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

/** The plan that a group or user shows; undefined for none, and for nobody. */
function planOfGroup(context: Context, groupId: string, region: string): string | undefined {
  const group = context.state.groups.get(groupId);
  return group && (group.ratingPlans[region] ?? inherited(context, "Default-RP"));
}

function planOfUser(context: Context, user: User | undefined, region: string): string | undefined {
  return (
    user && (user.ratingPlans[region] ?? inherited(context, planOfGroup(context, user.info.groupId, region)))
  );
}

// That a group inherits the default plan, and a user the group's, is a choice, and so is that GET shows it.
const inherited = ({ showInheritedPlans }: Context, plan: string | undefined) =>
  showInheritedPlans ? plan : undefined;
