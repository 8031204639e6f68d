import type { Response } from "../../http/index.ts";
import { done, found, foundText } from "../answers.ts";
import type { Customer, RatingPlanInfo, RatingPlanRow, UserKey } from "../wire.ts";
import { type Calls, includes } from "./calls.ts";

const noPlan = /Rating Plan does not exist/i;

const assigned = ({ userId }: Customer) =>
  userId === undefined ? "/group/ratingPlanId" : "/user/ratingPlanId";

/** Chapter 10, and whose plan it is (chapters 6 and 14). */
export function ratingPlanCalls({ get, send }: Calls) {
  return {
    /** 10.2: 204 when there is none. */
    getRatingPlan: async (ratingPlanId: string) =>
      found<RatingPlanInfo>(await get("/ratingPlan", { ratingPlanId })),
    /** 10.3: all of them in one answer. */
    listRatingPlans: async () => found<RatingPlanRow[]>(await get("/ratingPlan/list", {})) ?? [],
    /** 10.5: 409 when it exists. After a lost answer, a plan equal to the one sent is taken for ours. */
    putRatingPlan: (plan: RatingPlanInfo): Promise<Response> =>
      send({
        method: "PUT",
        path: "/ratingPlan",
        json: plan,
        idempotent: false,
        settle: async () => {
          const response = await get("/ratingPlan", { ratingPlanId: plan.id });
          const now = found<RatingPlanInfo>(response);
          return now && includes(now, plan) ? response : undefined;
        },
      }),
    /** 10.4: replaces the whole plan. */
    postRatingPlan: async (plan: RatingPlanInfo) =>
      done(await send({ method: "POST", path: "/ratingPlan", json: plan, idempotent: true })),
    /** 10.1: false when it was gone already. Nothing tells whether it was in use. */
    deleteRatingPlan: async (ratingPlanId: string) =>
      done(await send({ method: "DELETE", path: "/ratingPlan", query: { ratingPlanId } }), noPlan),
    /** 14.13: undefined when there is no such user, or the plan that is assigned to it is gone. */
    getUserRatingPlan: async (user: UserKey | { canonicalUserId: string }, region: string | undefined) =>
      found<RatingPlanInfo>(await get("/user/ratingPlan", { ...user, region })),
    /** 6.4, 14.14: undefined where no plan is shown. It may be an inherited one. */
    getAssignedRatingPlan: async (customer: Customer) =>
      foundText(await get(assigned(customer), { ...customer })),
    /** 6.6, 14.24: done also for a group, user or plan that does not exist. */
    assignRatingPlan: async (customer: Customer, ratingPlanId: string) =>
      done(
        await send({
          method: "POST",
          path: assigned(customer),
          query: { ...customer, ratingPlanId },
          idempotent: true,
        }),
      ),
  };
}
