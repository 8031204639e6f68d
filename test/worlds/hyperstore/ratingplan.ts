import type { Native } from "./native.ts";

export const ratingPlan: Native = {
  stored: (state, id) => state.ratingPlans.get(decodeURIComponent(id)),
  // Those of the system are always there.
  inputs: (random) =>
    random.filter(({ ratingPlanId }) => !/^(Default|Whitelist)-RP$/.test(String(ratingPlanId))),
  census: (state) => state.ratingPlans.size,
};
