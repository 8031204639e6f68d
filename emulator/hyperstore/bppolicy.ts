import type { Answer, Call } from "../kit/types.ts";
import { allBuckets } from "./buckets.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { lacks } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";

export function policyRoutes(context: Context): DocumentedRoute[] {
  const path = "/bppolicy";
  const filters = ["region", "groupId", "status"];
  return [
    { method: "GET", path, query: ["policyId"], handle: (call) => get(context, call) },
    { method: "GET", path: `${path}/bucketsperpolicy`, query: [], handle: () => buckets(context) },
    { method: "GET", path: `${path}/listpolicy`, query: filters, handle: (call) => list(context, call) },
    { method: "POST", path: "/system/processProtectionPolicy", query: [], handle: () => settle(context) },
  ];
}

// Mentioned in 5.6.3 alone, so its refusals are a choice, and so is the name of the attribute that says the region.
function get({ state }: Context, call: Call): Answer {
  if (lacks(call, "policyId")) return refuse(call, 400, "Missing required parameter: policyId");
  const policy = state.cluster.policies.find(({ policyId }) => policyId === call.query.policyId);
  return policy ? json(policy) : nothing();
}

// 4.1. The buckets of a policy from before 5.2 cannot be listed (4.1.2).
function buckets({ state }: Context): Answer {
  const all = allBuckets(state).map(({ bucket }) => bucket);
  return json(
    state.cluster.policies.map(({ policyId, policyName }) => ({
      buckets: policyId.startsWith("DEFAULT_")
        ? []
        : all.filter((bucket) => bucket.policyName === policyName).map(({ bucketName }) => bucketName),
      policyId,
      policyName,
    })),
  );
}

// 4.2. That an unknown region, group or status finds nothing, and is not refused, is a choice.
function list({ state }: Context, { query }: Call): Answer {
  const { region, groupId, status } = query;
  return json(
    state.cluster.policies.filter(
      (policy) =>
        (!region || policy.region === region) &&
        (!groupId || (policy.groups?.includes(groupId) ?? true)) &&
        (!status || policy.status === status),
    ),
  );
}

// 11.15
function settle({ state }: Context): Answer {
  state.cluster.policies = state.cluster.policies
    .filter(({ status }) => status !== "deleted")
    .map((policy) => (policy.status === "pending" ? { ...policy, status: "active" } : policy));
  return done();
}
