import * as z from "zod";
import { type Context, joinId, splitId } from "../resource/definition.ts";
import { ProviderError } from "../resource/errors.ts";
import type { HyperStore } from "./client.ts";
import { decimal } from "./decimal.ts";
import { regionFrom, regionPart } from "./region.ts";
import { flag } from "./rules.ts";
import type { NotificationRuleInfo } from "./wire.ts";

/* What the rules that programs make and those that come with HyperStore have in common. */

/** Where a rule is: each region has its own, the packaged ones included. */
export interface RulePlace {
  region: string | undefined;
  ruleId: string;
}

export const ruleIdOf = (region: string | undefined, ruleId: string | undefined): string =>
  joinId(regionPart(region), ruleId);

export function rulePlace(id: string): RulePlace {
  const { region, ruleId } = splitId(id, "region", "ruleId");
  return { region: regionFrom(region), ruleId };
}

/** Section 7.11.4: small integers are ids of packaged rules, UUIDs of made ones. */
export const packagedId = /^\d{1,9}$/;

/** A value is a number or a word such as "SVC_DOWN" (section 7.11.4). */
const spelled = (value: string): string => decimal(value.trim()) ?? value.trim();

/** "default", or addresses between commas (section 7.11.4), here without spaces around them. */
const addresses = (value: string): string =>
  value
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .join(",");

/** What a rule says, in one spelling; "" where it says nothing. */
export const ruleFields = {
  condition: z.string().regex(/^[<>=]?$/, { error: 'must be ">", "<" or "=", or empty' }),
  conditionVal: z.string().transform(spelled),
  email: z.string().transform(addresses),
  enabled: z.boolean(),
  severityLevel: z.int().min(0).max(3),
  snmpTrap: z.boolean(),
} as const;
export const ruleFieldNames = Object.keys(ruleFields) as (keyof typeof ruleFields)[];

export const meanings = {
  condition:
    "How the statistic is compared with `conditionVal`: `>`, `<` or `=`; empty for statistics that are not compared, such as `repairCompletionStatus`. Section 7.11.4.",
  conditionVal:
    "What the statistic is compared with, in the statistic's unit: a number as text, such as `0.9`, or a status, such as `SVC_DOWN`; empty together with `condition`. Two spellings of one number are equal. Section 7.11.4.",
  email:
    "Who gets an email when the rule is triggered: addresses separated by commas, or `default` for the addresses of the CMC's configuration; empty for nobody. Section 7.11.4.",
  enabled: "Whether the rule triggers notifications. Section 7.11.4.",
  severityLevel: "Severity of the event: 0 low, 1 medium, 2 high, 3 critical. Section 7.11.4.",
  snmpTrap:
    "Whether an SNMP trap is sent when the rule is triggered, to the destination of the CMC's configuration. Section 7.11.4.",
  statId:
    "Statistic of a node that the rule watches, on each node, such as `cpu`, `diskAvail` or `svcS3`. Section 7.11.4 lists them.",
} as const;

/** What the server has of a rule. */
export const ruleContent = z.object({
  statId: z.string().describe(meanings.statId),
  condition: z.string().describe(meanings.condition),
  conditionVal: z.string().describe(meanings.conditionVal),
  severityLevel: z.int().describe(meanings.severityLevel),
  email: z.string().describe(meanings.email),
  snmpTrap: z.boolean().describe(meanings.snmpTrap),
  enabled: z.boolean().describe(meanings.enabled),
});
export type RuleContent = z.output<typeof ruleContent>;

export const readRule = (rule: NotificationRuleInfo): RuleContent => ({
  condition: rule.condition ?? "",
  conditionVal: spelled(String(rule.conditionVal ?? "")),
  email: addresses(rule.email ?? ""),
  enabled: flag(rule.enabled),
  severityLevel: Number(rule.severityLevel),
  snmpTrap: flag(rule.snmpTrap),
  statId: rule.statId,
});

export async function findRule(
  api: HyperStore,
  { region, ruleId }: RulePlace,
  { refreshing }: Context,
): Promise<NotificationRuleInfo | undefined> {
  const isIt = (rule: NotificationRuleInfo) => rule.ruleId === ruleId;
  const listed = refreshing ? (await api.listed.listNotificationRules(region)).find(isIt) : undefined;
  // What an earlier list does not have may have been made since.
  return listed ?? (await api.listNotificationRules(region)).find(isIt);
}

/** Brings a rule to what is wanted of it; by a call of its own where that is only whether it works (section 7.9). */
export async function changeRule(
  api: HyperStore,
  region: string | undefined,
  now: NotificationRuleInfo,
  want: Partial<RuleContent>,
): Promise<void> {
  const is = readRule(now);
  const changes = Object.entries(want).filter(([name, value]) => value !== is[name as keyof RuleContent]);
  if (changes.length === 0) return;
  const { ruleId } = now;
  const isSwitch = changes.every(([name]) => name === "enabled") && want.enabled !== undefined;
  // POST replaces the whole rule (section 7.10), so what is not ours to change goes back as it came.
  const wasThere = isSwitch
    ? await api.enableNotificationRule(region, ruleId, want.enabled === true)
    : await api.postNotificationRule(region, { ...now, ...Object.fromEntries(changes) });
  if (!wasThere)
    throw new ProviderError(
      "refused",
      `notification rule "${ruleIdOf(region, ruleId)}" has just been deleted by somebody else: pulumi up --refresh makes it again`,
    );
}
