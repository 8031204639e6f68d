import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { type RatingPlan, ruleclassTypes } from "./plans.ts";
import { fits, isObject, lacks, objectIn } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";

const path = "/ratingPlan";

export function ratingPlanRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "DELETE", path, query: ["ratingPlanId"], handle: (call) => remove(context, call) },
    { method: "GET", path, query: ["ratingPlanId"], handle: (call) => get(context, call) },
    { method: "GET", path: "/ratingPlan/list", query: [], handle: () => list(context) },
    { method: "POST", path, query: [], handle: (call) => change(context, call) },
    { method: "PUT", path, query: [], handle: (call) => create(context, call) },
  ];
}

// 10.1. No code is given for a plan that is assigned, nor for the two that every system has: both are deleted.
function remove({ state }: Context, call: Call): Answer {
  if (lacks(call, "ratingPlanId")) return refuse(call, 400, "Missing required parameter : {ratingPlanId}");
  const wasThere = state.ratingPlans.delete(call.query.ratingPlanId ?? "");
  return wasThere ? done() : refuse(call, 400, "Rating Plan does not exist");
}

// 10.2
function get({ state }: Context, call: Call): Answer {
  if (lacks(call, "ratingPlanId")) return refuse(call, 400, "Missing required parameter: {ratingPlanId}");
  const plan = state.ratingPlans.get(call.query.ratingPlanId ?? "");
  return plan ? json(plan) : nothing();
}

// 10.3. That the URL-encoding is that of forms, with "+" for a space, is a choice: it is what Java calls so.
function list({ state }: Context): Answer {
  const rows = [...state.ratingPlans.values()].map(({ currency, id, name }) => ({
    currency,
    encodedId: new URLSearchParams({ id }).toString().slice("id=".length),
    id,
    name,
  }));
  return json(rows);
}

// 10.4. That an omitted attribute falls back to its default, as in PUT, is a choice: the whole plan is replaced.
function change({ state, laterAttributes }: Context, call: Call): Answer {
  const plan = planIn(call, laterAttributes);
  if (!plan) return refuse(call, 400, "Invalid JSON Object");
  if (!plan.id || !plan.name) return refuse(call, 400, "Missing required parameter : {id, name}");
  if (!state.ratingPlans.has(plan.id)) return refuse(call, 400, "Rating Plan does not exist");
  state.ratingPlans.set(plan.id, plan);
  return done();
}

// 10.5
function create({ state, laterAttributes }: Context, call: Call): Answer {
  const plan = planIn(call, laterAttributes);
  if (!plan) return refuse(call, 400, "Invalid JSON Object");
  if (!plan.id || !plan.name) return refuse(call, 400, "Missing required parameter: {id, name}");
  if (state.ratingPlans.has(plan.id)) return refuse(call, 409, `Unique Constraint Violation : ${plan.id}`);
  state.ratingPlans.set(plan.id, plan);
  return done();
}

function planIn(call: Call, later: readonly string[]): RatingPlan | undefined {
  const body = objectIn(call);
  return body && isPlan(body, later) ? { currency: "USD", id: "", name: "", ...body } : undefined;
}

/**
 * All six dimensions or no `mapRules`, and a last tier of size "0" (10.5.3). The document does not say what
 * becomes of a plan that is otherwise: that it is refused, for it could not be billed by, is a choice.
 */
function isPlan(
  body: Record<string, unknown>,
  later: readonly string[],
): body is Partial<RatingPlan> & Record<string, unknown> {
  const { mapRules, ...others } = body;
  if (!fits(others, { currency: "string", id: "string", name: "string" }, later)) return false;
  if (mapRules === undefined) return true;
  const codes = Object.keys(ruleclassTypes);
  return (
    isObject(mapRules) &&
    Object.keys(mapRules).length === codes.length &&
    codes.every((code) => isRuleClass(mapRules[code], ruleclassTypes[code]))
  );
}

function isRuleClass(value: unknown, type: unknown): boolean {
  if (!isObject(value) || value.ruleclassType !== type || !Array.isArray(value.rules)) return false;
  const { rules } = value;
  return rules.length > 0 && rules.every((pair, nth) => isPair(pair, nth === rules.length - 1));
}

function isPair(value: unknown, isLast: boolean): boolean {
  if (!isObject(value) || !fits(value, { first: "string", second: "string" })) return false;
  const { first, second } = value;
  return isDecimal(first) && isDecimal(second) && (Number(first) === 0) === isLast;
}

const isDecimal = (value: unknown): boolean => /^\d+(\.\d+)?$/.test(String(value));
