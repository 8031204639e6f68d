import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { packagedId, readRule, ruleContent } from "../notification.ts";
import { hyperstore } from "../system.ts";

export const listNotificationRules = providerFunction({
  token: "tenantry:hyperstore:listNotificationRules",
  describe:
    "All notification rules of a region, those that come with HyperStore included; the list has no pages. Admin API 8.2, section 7.7.",
  inputs: z.strictObject({
    region: z.string().min(1).optional().describe("Service region; the default region when absent."),
  }),
  outputs: z.object({
    rules: z
      .array(
        ruleContent
          .extend({
            ruleId: z
              .string()
              .describe("Id of the rule: a small integer of a packaged rule, else a UUID. Section 7.11.4."),
            packaged: z.boolean().describe("Whether the rule comes with HyperStore."),
          })
          .meta({ title: "NotificationRuleProfile" }),
      )
      .describe("The rules."),
  }),
  connect: hyperstore,
  async call(api, { region }) {
    const rules = await api.listNotificationRules(region);
    return {
      rules: rules.map((rule) => ({
        ruleId: rule.ruleId,
        packaged: packagedId.test(rule.ruleId),
        ...readRule(rule),
      })),
    };
  },
});
