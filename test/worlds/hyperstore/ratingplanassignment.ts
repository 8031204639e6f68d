import fc from "fast-check";
import { emptyGroup } from "../../../emulator/hyperstore/state.ts";
import { findUser } from "../../../emulator/hyperstore/users.ts";
import { present } from "../../laws/arbitrary.ts";
import { type Native, owner } from "./native.ts";

const plans = ["Default-RP", "Gold", "Gold & more/100% ü+"];
/** Not the user's group: what the user inherits must not change while a group is replaced by it. */
const billedGroup = "law-billed-group";

export const ratingPlanAssignment: Native = {
  settle({ state }) {
    state.groups.set(billedGroup, { info: emptyGroup(billedGroup), ratingPlans: {} });
    for (const id of plans.slice(1)) state.ratingPlans.set(id, { id, name: id, currency: "USD" });
  },
  // Whom it is assigned to, and what, exists beforehand.
  inputs: (random) =>
    fc
      .tuple(
        random,
        fc.constantFrom(owner, { groupId: billedGroup, userId: undefined }),
        fc.constantFrom(undefined, "region2"),
        fc.constantFrom(...plans),
      )
      .map(([inputs, customer, region, ratingPlanId]) =>
        present({ ...inputs, ...customer, region, ratingPlanId }),
      ),
  // By region, the plans that count: an inherited one is as good as an assigned one.
  census: (state) =>
    [state.groups.get(billedGroup), findUser(state, owner.groupId, owner.userId)].map((customer) =>
      state.regions.map((region) => customer?.ratingPlans[region] ?? "Default-RP"),
    ),
};
