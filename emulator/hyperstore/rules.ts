import type { State } from "./state.ts";

/** As on the wire (7.11.3), but for `region`, under which the state keeps it. */
export interface NotificationRule {
  condition: string;
  conditionVal: string;
  email: string;
  enabled: boolean;
  ruleId: string;
  severityLevel: number;
  snmpTrap: boolean;
  statId: string;
}

/** A region's rules. That each region has the packaged ones, under the same ids, is a choice. */
export function rulesOf(state: State, region: string): NotificationRule[] {
  const rules = state.notificationRules.get(region) ?? packagedRules();
  state.notificationRules.set(region, rules);
  return rules;
}

/**
 * "The default notification rules that come packaged with the HyperStore system" (7.1.2): those that the table of
 * 7.11.4 says exist, and the one that only the sample of 7.7.3 shows. Ids 11, 12 and 19 and three severities are
 * of that sample; the others are a choice.
 */
function packagedRules(): NotificationRule[] {
  const down = (...services: string[]) => services.map((each) => [each, "=", "SVC_DOWN", 3] as const);
  const logged = (text: string, ...services: string[]) =>
    services.map((each) => [each, "=", text, 2] as const);
  const rules = [
    ...down(
      "svcAdmin",
      "svcCassandra",
      "svcHyperStore",
      "svcRedisCred",
      "svcRedisMon",
      "svcRedisQos",
      "svcS3",
    ),
    ...logged("LOG_ERR", "svcAdmin", "svcCassandra", "svcHyperStore"),
    ["diskAvail", "<", "0.1", 2],
    ["cpu", ">", "0.9", 1],
    ["diskInfo", "<", "0.15", 2],
    ["repairCompletionStatus", "", "", 0],
    ...logged("LOG_ERR", "svcS3"),
    ...logged("LOG_WARN", "svcRedisCred", "svcRedisQos"),
    undefined,
    ["currentFailDiskInfo", "", "", 3],
  ] as const;
  return rules.flatMap((rule, index) => {
    if (!rule) return [];
    const [statId, condition, conditionVal, severityLevel] = rule;
    const ruleId = String(index + 1);
    const rest = { email: "default", enabled: true, ruleId, severityLevel, snmpTrap: false, statId };
    return [{ condition, conditionVal, ...rest }];
  });
}
