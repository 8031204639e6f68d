import * as z from "zod";
import { joinId, splitId } from "../resource/definition.ts";
import { ProviderError } from "../resource/errors.ts";
import { immutable } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import type { HyperStore } from "./client.ts";
import { region, regionFrom, regionPart, withoutDefaultRegion } from "./region.ts";
import { groupId, userId } from "./rules.ts";
import { hyperstore } from "./system.ts";
import type { Customer } from "./wire.ts";

const inputs = z.strictObject({
  groupId: immutable(groupId).describe(
    "Group that the plan is assigned to, or that the user belongs to. Sections 6.6.2 and 14.24.2.",
  ),
  userId: immutable(userId)
    .optional()
    .describe("User that the plan is assigned to. Absent means the group itself. Section 14.24.2."),
  region,
  ratingPlanId: z
    .string()
    .min(1)
    .describe(
      "Id of the rating plan, which must exist. Take it from the plan's resource, so that the plan is made before and deleted after. Sections 6.6.2 and 14.24.2.",
    ),
});

export const RatingPlanAssignment = settings({
  token: "tenantry:hyperstore:RatingPlanAssignment",
  describe:
    "The rating plan by which HyperStore bills a group, or a user, in a region. The API cannot take an assignment away: whoever was assigned a plan once, also by the restoring of the one that was inherited until then, never inherits again. Admin API 8.2, sections 6.4, 6.6, 14.14 and 14.24.",
  example: { groupId: "QA", userId: "John", ratingPlanId: "Gold" },
  inputs,
  outputs: z.object({}),
  connect: hyperstore,
  configured: withoutDefaultRegion,
  mayBeInherited: true,
  id: ({ groupId, userId, region }) =>
    userId === undefined
      ? joinId("group", groupId, regionPart(region))
      : joinId("user", groupId, userId, regionPart(region)),

  async read(api, id) {
    const customer = customerOf(id);
    // Whether a plan is answered for nobody is not documented.
    if (!(await isThere(api, customer))) return undefined;
    const ratingPlanId = (await api.getAssignedRatingPlan(customer)) ?? none;
    return { inputs: { ...customer, ratingPlanId }, outputs: {} };
  },

  async write(api, id, { ratingPlanId }) {
    // The server takes the id of any plan, also of none (section 14.24.4).
    if (!(await api.getRatingPlan(ratingPlanId)))
      throw new ProviderError(
        "refused",
        `rating plan "${ratingPlanId}" cannot be assigned to "${id}": there is no such plan. The id is compared to the letter; listRatingPlans tells which there are`,
      );
    await api.assignRatingPlan(customerOf(id), ratingPlanId);
    return {};
  },

  async restore(api, id, { ratingPlanId }, was, ctx) {
    if (ratingPlanId !== none && (await api.getRatingPlan(ratingPlanId))) {
      await api.assignRatingPlan(customerOf(id), ratingPlanId);
      return;
    }
    const before =
      ratingPlanId === none ? "had no rating plan" : `had the rating plan "${ratingPlanId}", which is gone,`;
    ctx.log(
      `"${id}" ${before} before, and the API cannot take one away: it keeps "${was.inputs.ratingPlanId}"`,
      "warn",
    );
  },
});

/** No plan has an empty id. */
const none = "";

function customerOf(id: string): Customer {
  if (id.startsWith("user/")) {
    const { groupId, userId, region } = splitId(id, "user", "groupId", "userId", "region");
    return { groupId, userId, region: regionFrom(region) };
  }
  if (!id.startsWith("group/"))
    throw new ProviderError(
      "invalid",
      `the id "${id}" is not of the form group/groupId/region or user/groupId/userId/region, each part percent-encoded`,
    );
  const { groupId, region } = splitId(id, "group", "groupId", "region");
  return { groupId, region: regionFrom(region) };
}

/** A user's group is not asked for: there is no user without. */
async function isThere(api: HyperStore, { groupId, userId }: Customer): Promise<boolean> {
  return userId === undefined
    ? (await api.getGroup(groupId)) !== undefined
    : (await api.getUser({ groupId, userId })) !== undefined;
}
