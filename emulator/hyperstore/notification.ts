import { randomUUID } from "node:crypto";
import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { regionIn } from "./region.ts";
import { fits, lacks, objectIn, type Shape } from "./request.ts";
import { done, json, refuse } from "./respond.ts";
import { type NotificationRule, rulesOf } from "./rules.ts";
import type { State } from "./state.ts";

const path = "/monitor/notificationrule";

export function notificationRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "DELETE", path, query: ["ruleId", "region"], handle: (call) => remove(context, call) },
    {
      method: "GET",
      path: "/monitor/notificationrules",
      query: ["region"],
      handle: (call) => list(context, call),
    },
    { method: "POST", path: `${path}enable`, query: [], handle: (call) => enable(context, call) },
    { method: "POST", path, query: [], handle: (call) => change(context, call) },
    { method: "PUT", path, query: [], handle: (call) => create(context, call) },
  ];
}

// 7.1. Nothing says that a packaged rule cannot be deleted, so it is.
function remove({ state }: Context, call: Call): Answer {
  if (lacks(call, "ruleId")) return refuse(call, 400, "Missing required parameters : {ruleId}");
  const rules = rulesIn(state, call, call.query.region);
  if (!Array.isArray(rules)) return rules;
  const at = rules.findIndex(({ ruleId }) => ruleId === call.query.ruleId);
  if (at < 0) return refuse(call, 400, `Notification rule does not exist : ${call.query.ruleId}`);
  rules.splice(at, 1);
  return done();
}

// 7.7. In the order of the sample, by statId, and with the region blanked (7.11.4).
function list({ state }: Context, call: Call): Answer {
  const rules = rulesIn(state, call, call.query.region);
  if (!Array.isArray(rules)) return rules;
  const sorted = rules.toSorted((one, other) => (one.statId < other.statId ? -1 : 1));
  return json(sorted.map((rule) => ({ ...rule, region: "" })));
}

// 7.9. That one unknown rule leaves the others as they are is a choice, and so is the answer to what is no such object.
function enable({ state }: Context, call: Call): Answer {
  const body = objectIn(call);
  if (!body || !fits(body, { enable: "boolean", regionId: "string", ruleList: "strings" }))
    return refuse(call, 400, "Invalid JSON object");
  const { enable, regionId, ruleList } = body as { enable?: boolean; regionId?: string; ruleList?: string[] };
  if (enable === undefined || !ruleList?.length)
    return refuse(call, 400, "Missing required parameters : {ruleId}");
  const rules = rulesIn(state, call, regionId);
  if (!Array.isArray(rules)) return rules;
  const unknown = ruleList.find((id) => !rules.some(({ ruleId }) => ruleId === id));
  if (unknown !== undefined) return refuse(call, 400, `Notification rule does not exist : ${unknown}`);
  for (const rule of rules) if (ruleList.includes(rule.ruleId)) rule.enabled = enable;
  return done();
}

// 7.10. That the whole rule is replaced, and is looked for in the region that it names, is a choice.
function change({ state, laterAttributes }: Context, call: Call): Answer {
  const sent = ruleIn(call, laterAttributes);
  if (!sent) return refuse(call, 400, "Invalid JSON object");
  const rules = rulesIn(state, call, sent.region);
  if (!Array.isArray(rules)) return rules;
  const rule = rules.find(({ ruleId }) => ruleId === sent.rule.ruleId);
  if (!rule) return refuse(call, 400, `Notification rule Id does not exist : ${sent.rule.ruleId}`);
  rules[rules.indexOf(rule)] = sent.rule;
  return done();
}

// 7.11: answers no id. That an id of the caller's choice is refused is a choice: it would be another than they think.
function create({ state, laterAttributes }: Context, call: Call): Answer {
  const sent = ruleIn(call, laterAttributes);
  if (sent?.rule.ruleId !== "") return refuse(call, 400, "Invalid JSON object");
  const rules = rulesIn(state, call, sent.region);
  if (!Array.isArray(rules)) return rules;
  rules.push({ ...sent.rule, ruleId: randomUUID() });
  return done();
}

/** The rules of the named region. The chapter has no code for one that does not exist: this is section 6.4's. */
function rulesIn(state: State, call: Call, name: string | undefined): NotificationRule[] | Answer {
  const region = regionIn(state.regions, { query: { region: name ?? "" } });
  return region === undefined ? refuse(call, 400, `Region ${name} is not valid`) : rulesOf(state, region);
}

const shape: Shape = {
  condition: "string",
  conditionVal: "string",
  email: "string",
  enabled: "boolean",
  region: "string",
  ruleId: "string",
  severityLevel: "number",
  snmpTrap: "boolean",
  statId: "string",
};
const mandatory = ["condition", "conditionVal", "ruleId", "severityLevel", "statId"];

/** 7.11.4: "mandatory" or with a default. `enabled` is said to be both, and an omitted one to be false. */
function ruleIn(
  call: Call,
  later: readonly string[],
): { rule: NotificationRule; region: string | undefined } | undefined {
  const body = objectIn(call);
  if (!body || !fits(body, shape, later) || mandatory.some((name) => body[name] === undefined))
    return undefined;
  const { region, ...sent } = body as unknown as NotificationRule & { region?: string };
  const rule = {
    ...sent,
    email: sent.email ?? "",
    enabled: sent.enabled ?? false,
    snmpTrap: sent.snmpTrap ?? false,
  };
  const isValid =
    ["", "<", "=", ">"].includes(rule.condition) &&
    [0, 1, 2, 3].includes(rule.severityLevel) &&
    rule.statId !== "";
  return isValid ? { rule, region } : undefined;
}
