import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { resource, type WriteContext } from "../resource/definition.ts";
import { AlreadyExists, ProviderError } from "../resource/errors.ts";
import { until } from "../resource/wait.ts";
import type { HyperStore } from "./client.ts";
import {
  changeRule,
  findRule,
  meanings,
  packagedId,
  type RuleContent,
  type RulePlace,
  readRule,
  ruleFields,
  ruleIdOf,
  rulePlace,
} from "./notification.ts";
import { region, withoutDefaultRegion } from "./region.ts";
import { hyperstore } from "./system.ts";
import type { NotificationRuleInfo } from "./wire.ts";

/** Absent and empty are one. */
const absentOr = (rule: z.ZodType<string, string>) =>
  rule.transform((value) => value || undefined).optional();

const inputs = z
  .strictObject({
    statId: z.string().min(1).describe(meanings.statId),
    condition: absentOr(ruleFields.condition).describe(meanings.condition),
    conditionVal: absentOr(ruleFields.conditionVal).describe(meanings.conditionVal),
    severityLevel: ruleFields.severityLevel.describe(meanings.severityLevel),
    email: absentOr(ruleFields.email).describe(meanings.email),
    snmpTrap: ruleFields.snmpTrap.default(false).describe(meanings.snmpTrap),
    enabled: ruleFields.enabled.default(true).describe(`${meanings.enabled} The API's own default is false.`),
    region,
  })
  .superRefine(({ condition, conditionVal }, context) => {
    if ((condition === undefined) !== (conditionVal === undefined))
      context.addIssue({
        code: "custom",
        path: [condition === undefined ? "condition" : "conditionVal"],
        message: "condition and conditionVal go together: give both, or neither for what is not compared",
      });
  });
type Inputs = z.output<typeof inputs>;

const outputs = z.object({
  ruleId: z.string().describe("Id of the rule, which the system makes: a UUID. Section 7.11.4."),
});

export const NotificationRule = resource({
  token: "tenantry:hyperstore:NotificationRule",
  describe:
    "A HyperStore notification rule, which the CMC calls an alert rule: when a statistic of a node meets it, an event is raised and people are told. The rules that come with the system are managed by `PackagedNotificationRule`. Admin API 8.2, sections 7.1, 7.7 and 7.9 to 7.11.",
  example: {
    statId: "s3GetLatency",
    condition: ">",
    conditionVal: "150",
    severityLevel: 1,
    email: "default",
  },
  inputs,
  outputs,
  connect: hyperstore,
  configured: withoutDefaultRegion,
  id: ({ region, ruleId }) => ruleIdOf(region, ruleId),

  create(api, want, ctx) {
    const mark = markOf(want, ctx);
    // Without a URN two equal rules have one mark, and the first must have lost it before the second is made.
    return api.makeRuleInTurn(mark, async () => {
      const rule = await takeOrMake(api, want, mark, ctx);
      const { ruleId } = rule;
      ctx.created(ruleIdOf(want.region, ruleId), { ruleId });
      await changeRule(api, want.region, rule, contentOf(want));
      return { ruleId };
    });
  },

  async read(api, id, ctx) {
    const place = ownPlace(id);
    const rule = await findRule(api, place, ctx);
    const { region, ruleId } = place;
    return (
      rule && {
        inputs: { ...readRule(rule), ...(region === undefined ? {} : { region }) },
        outputs: { ruleId },
        raw: rule,
      }
    );
  },

  async update(api, _id, want, was) {
    await changeRule(api, want.region, was.raw as NotificationRuleInfo, contentOf(want));
    return was.outputs;
  },

  async delete(api, id) {
    const { region, ruleId } = ownPlace(id);
    await api.deleteNotificationRule(region, ruleId);
  },
});

const contentOf = (want: Inputs): RuleContent => ({
  condition: want.condition ?? "",
  conditionVal: want.conditionVal ?? "",
  email: want.email ?? "",
  enabled: want.enabled,
  severityLevel: want.severityLevel,
  snmpTrap: want.snmpTrap,
  statId: want.statId,
});

function ownPlace(id: string): RulePlace {
  const place = rulePlace(id);
  if (packagedId.test(place.ruleId))
    throw new ProviderError(
      "invalid",
      `notification rule "${id}" comes with HyperStore and could not be made again: it is managed as a tenantry:hyperstore:PackagedNotificationRule, which puts it back instead of deleting it`,
    );
  return place;
}

/**
 * PUT answers no id (section 7.11), and a rule has no name. So each is made switched off and with an address that
 * nobody else would give: by it the rule is found in the list, and found again after a crash.
 */
const markOf = (want: Inputs, { urn }: { urn?: string }): string =>
  `tenantry-${createHash("sha256")
    .update(urn ?? JSON.stringify(want))
    .digest("hex")
    .slice(0, 32)}@mark.invalid`;

type Writing = WriteContext<z.output<typeof outputs>>;

/** The rule that an earlier run has left half-made, or an equal one that is to be adopted, or a new one. */
async function takeOrMake(
  api: HyperStore,
  want: Inputs,
  mark: string,
  ctx: Writing,
): Promise<NotificationRuleInfo> {
  const { region } = want;
  const rules = await api.listNotificationRules(region);
  const halfMade = await withMark(api, region, mark, rules, ctx);
  if (halfMade) return halfMade;
  const equal = rules.find((rule) => isEqual(rule, want) && !ctx.isOthers(ruleIdOf(region, rule.ruleId)));
  if (equal && mayTake(ruleIdOf(region, equal.ruleId), equal, ctx)) return equal;
  await api.putNotificationRule(region, { ...contentOf(want), enabled: false, email: mark });
  return until(ctx, "the new notification rule to be in the list of rules", async () =>
    withMark(api, region, mark, await api.listNotificationRules(region), ctx),
  );
}

const isEqual = (rule: NotificationRuleInfo, want: Inputs): boolean =>
  !packagedId.test(rule.ruleId) && isDeepStrictEqual(readRule(rule), contentOf(want));

/** Whether an equal rule becomes this resource's. Two equal ones may be meant, but only a URN tells them apart after a crash. */
function mayTake(id: string, { ruleId }: NotificationRuleInfo, ctx: Writing): boolean {
  if (ctx.adopts) {
    // At once, so that no other resource of this run adopts it too.
    ctx.created(id, { ruleId });
    ctx.log(
      `the equal notification rule "${id}" existed already and is adopted, because TENANTRY_ADOPT=1`,
      "warn",
    );
    return true;
  }
  if (ctx.urn === undefined) throw new AlreadyExists(id, "it has the same content");
  if (ctx.replaces === undefined)
    ctx.log(
      `notification rule "${id}" is equal to this new one and stays; if no stack holds it, because a run was killed, delete it`,
      "warn",
    );
  return false;
}

/** The rule with the mark. A PUT that was sent again, because its answer was lost, may have made two. */
async function withMark(
  api: HyperStore,
  region: string | undefined,
  mark: string,
  rules: NotificationRuleInfo[],
  ctx: Writing,
): Promise<NotificationRuleInfo | undefined> {
  const [first, ...twins] = rules.filter(
    ({ email, ruleId }) => email === mark && !ctx.isOthers(ruleIdOf(region, ruleId)),
  );
  for (const { ruleId } of twins) await api.deleteNotificationRule(region, ruleId);
  return first;
}
