import { done, found } from "../answers.ts";
import type { NotificationRuleInfo } from "../wire.ts";
import type { Calls } from "./calls.ts";

const path = "/monitor/notificationrule";
const noRule = /Notification rule( Id)? does not exist/i;

/** Chapter 7: notification rules, in one region; in the default one where none is named. */
export function notificationCalls({ get, send, inTurn }: Calls) {
  const list = (region: string | undefined) => get("/monitor/notificationrules", { region });
  const rulesIn = (response: Awaited<ReturnType<typeof list>>) =>
    found<NotificationRuleInfo[]>(response) ?? [];
  return {
    /** Makes rules one after the other where nothing but the key tells them apart. */
    makeRuleInTurn: inTurn,
    /** 7.7 */
    listNotificationRules: async (region: string | undefined) => rulesIn(await list(region)),
    /** 7.11: answers no id. After a lost answer a rule with this very `email` is taken for it, so that must be unique. */
    putNotificationRule: async (region: string | undefined, rule: Omit<NotificationRuleInfo, "ruleId">) =>
      done(
        await send({
          method: "PUT",
          path,
          json: { ...rule, ruleId: "", region: region ?? "" },
          idempotent: false,
          settle: async () => {
            const response = await list(region);
            return rulesIn(response).some(({ email }) => email === rule.email) ? response : undefined;
          },
        }),
      ),
    /** 7.10: the whole rule, whose region the list has blanked (section 7.11.4). False when there is no such rule. */
    postNotificationRule: async (region: string | undefined, rule: NotificationRuleInfo) =>
      done(
        await send({ method: "POST", path, json: { ...rule, region: region ?? "" }, idempotent: true }),
        noRule,
      ),
    /** 7.9: false when there is no such rule. */
    enableNotificationRule: async (region: string | undefined, ruleId: string, enable: boolean) =>
      done(
        await send({
          method: "POST",
          path: `${path}enable`,
          json: { enable, regionId: region ?? "", ruleList: [ruleId] },
          idempotent: true,
        }),
        noRule,
      ),
    /** 7.1: false when it was gone already. */
    deleteNotificationRule: async (region: string | undefined, ruleId: string) =>
      done(await send({ method: "DELETE", path, query: { ruleId, region } }), noRule),
  };
}
