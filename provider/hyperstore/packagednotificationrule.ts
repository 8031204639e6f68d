import * as z from "zod";
import { ProviderError } from "../resource/errors.ts";
import { immutable, unmanaged } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import {
  changeRule,
  findRule,
  meanings,
  packagedId,
  type RulePlace,
  readRule,
  ruleContent,
  ruleFieldNames,
  ruleFields,
  ruleIdOf,
  rulePlace,
} from "./notification.ts";
import { region, withoutDefaultRegion } from "./region.ts";
import { hyperstore } from "./system.ts";
import type { NotificationRuleInfo } from "./wire.ts";

const { condition, conditionVal, email, enabled, severityLevel, snmpTrap } = ruleFields;
const left = "Absent leaves it as it is.";

const inputs = z.strictObject({
  ruleId: immutable(
    z.string().regex(packagedId, { error: 'must be the id of a packaged rule, a small number such as "12"' }),
  ).describe(
    "Id of the rule: a small integer as text, such as `12`, which `listNotificationRules` tells. Section 7.11.4.",
  ),
  condition: unmanaged(condition).optional().describe(`${meanings.condition} ${left}`),
  conditionVal: unmanaged(conditionVal).optional().describe(`${meanings.conditionVal} ${left}`),
  severityLevel: unmanaged(severityLevel).optional().describe(`${meanings.severityLevel} ${left}`),
  email: unmanaged(email).optional().describe(`${meanings.email} ${left}`),
  snmpTrap: unmanaged(snmpTrap).optional().describe(`${meanings.snmpTrap} ${left}`),
  enabled: unmanaged(enabled).optional().describe(`${meanings.enabled} ${left}`),
  region,
});

export const PackagedNotificationRule = settings({
  token: "tenantry:hyperstore:PackagedNotificationRule",
  describe:
    "One of the notification rules that come with HyperStore, by its id; each region has its own. Only what the program sets is managed. Admin API 8.2, sections 7.7, 7.9 and 7.10.",
  example: { ruleId: "12", conditionVal: "0.95" },
  inputs,
  outputs: ruleContent,
  connect: hyperstore,
  configured: withoutDefaultRegion,
  id: ({ region, ruleId }) => ruleIdOf(region, ruleId),

  async read(api, id, ctx) {
    const place = packagedPlace(id);
    const rule = await findRule(api, place, ctx);
    if (!rule) return undefined;
    const { statId, ...content } = readRule(rule);
    const { region, ruleId } = place;
    return {
      inputs: { ruleId, ...content, ...(region === undefined ? {} : { region }) },
      outputs: { statId, ...content },
      raw: rule,
    };
  },

  async write(api, _id, want, was) {
    const rule = was.raw as NotificationRuleInfo;
    const managed = ruleFieldNames.filter((name) => want[name] !== undefined);
    const content = { ...readRule(rule), ...Object.fromEntries(managed.map((name) => [name, want[name]])) };
    await changeRule(api, want.region, rule, content);
    return content;
  },
});

function packagedPlace(id: string): RulePlace {
  const place = rulePlace(id);
  if (!packagedId.test(place.ruleId))
    throw new ProviderError(
      "invalid",
      `notification rule "${id}" does not come with HyperStore, whose rules have small numbers for ids: it is managed as a tenantry:hyperstore:NotificationRule`,
    );
  return place;
}
