import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { ratingPlan, readPlan } from "../ratingplan.ts";
import { hyperstore } from "../system.ts";
import { addressOf, nameOf, userAddress } from "./address.ts";

export const getRatingPlan = providerFunction({
  token: "tenantry:hyperstore:getRatingPlan",
  describe: "A rating plan. An error when there is no such plan. Admin API 8.2, section 10.2.",
  inputs: z.strictObject({
    ratingPlanId: z
      .string()
      .min(1)
      .describe("Id of the rating plan; `Default-RP` is the system's default plan."),
  }),
  outputs: ratingPlan,
  connect: hyperstore,
  async call(api, { ratingPlanId }) {
    const plan = await api.getRatingPlan(ratingPlanId);
    if (!plan) throw new ProviderError("refused", `there is no rating plan "${ratingPlanId}"`);
    return readPlan(plan);
  },
});

export const listRatingPlans = providerFunction({
  token: "tenantry:hyperstore:listRatingPlans",
  describe:
    "All rating plans of the system, without their prices. The API answers them all at once. Admin API 8.2, section 10.3.",
  inputs: z.strictObject({}),
  outputs: z.object({
    ratingPlans: z
      .array(ratingPlan.omit({ mapRules: true }).meta({ title: "RatingPlanSummary" }))
      .describe("The rating plans."),
  }),
  connect: hyperstore,
  async call(api) {
    const rows = await api.listRatingPlans();
    return {
      ratingPlans: rows.map(({ id, name, currency = "USD" }) => ({ ratingPlanId: id, name, currency })),
    };
  },
});

export const getUserRatingPlan = providerFunction({
  token: "tenantry:hyperstore:getUserRatingPlan",
  describe:
    "The rating plan that is assigned to a user in a region. Whether it also answers the plan of the group where the user has none is not documented. An error when there is no such user, or the plan is gone. Admin API 8.2, section 14.13.",
  inputs: userAddress.safeExtend({
    region: z
      .string()
      .min(1)
      .optional()
      .describe("Service region whose plan is wanted. Absent means the system's default region."),
  }),
  outputs: ratingPlan,
  connect: hyperstore,
  async call(api, { region, ...address }) {
    const plan = await api.getUserRatingPlan(addressOf(address), region);
    if (!plan)
      throw new ProviderError(
        "refused",
        `there is no user "${nameOf(address)}", or no rating plan of the id that is assigned to it`,
      );
    return readPlan(plan);
  },
});
