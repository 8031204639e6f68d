import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { joinId, resource, splitId } from "../resource/definition.ts";
import { AlreadyExists, ProviderError } from "../resource/errors.ts";
import { immutable } from "../resource/fields.ts";
import { mapProperties } from "../resource/value.ts";
import { done, says } from "./answers.ts";
import { decimal } from "./decimal.ts";
import { hyperstore } from "./system.ts";
import type { RatingPlanInfo } from "./wire.ts";

/** Two spellings of one number are one: "0.20" and "0.2". */
const shortest = (number: string): string => decimal(number) ?? number;

const digits = z
  .string()
  .regex(/^\d+(\.\d+)?$/, { error: 'must be a number in digits, such as "10" or "0.02"' });
const price = digits.transform(shortest);
const size = digits
  .refine((number) => /[1-9]/.test(number), { error: "must be above 0" })
  .transform(shortest);

const tier = z
  .strictObject({
    units: size
      .optional()
      .describe(
        "Size of the tier: how many units, after those of the tiers before it, have this price. A number above 0, as text; absent in the last tier, which prices all further units. Section 10.5.3.",
      ),
    price: price.describe(
      "Price of one unit in the plan's currency: an integer or a decimal, as text, such as `0.02`. Section 10.5.3.",
    ),
  })
  .meta({ title: "RatingTier" });
type Tier = z.output<typeof tier>;

const tiers = (of: string, unit: string) =>
  z
    .array(tier)
    .min(1, { error: "must have a tier; leave it out to charge nothing" })
    .superRefine((list, context) => {
      for (const [nth, { units }] of list.entries()) {
        const isLast = nth === list.length - 1;
        if (isLast === (units === undefined)) continue;
        const message = isLast
          ? "cannot be given in the last tier, which prices all further units"
          : "is required in every tier but the last";
        context.addIssue({ code: "custom", path: [nth, "units"], message });
      }
    })
    .default(free)
    .describe(`Prices of ${of}, tier by tier. A unit is ${unit}. Sections 10.5.3 and 10.5.3.1.`);
const free: Tier[] = [{ price: "0" }];

const traffic = (unit: string) =>
  `${unit}, which the system counts only with the setting "Track/Report Usage for Request Rates and Data Transfer Rates"`;
const mapRules = z
  .strictObject({
    storageBytes: tiers(
      "stored data (`SB`)",
      "a GiB-month: a GiB stored for a month, by the average of the month's hourly readings",
    ),
    bytesIn: tiers("data transferred in (`BI`)", traffic("a GiB")),
    bytesOut: tiers("data transferred out (`BO`)", traffic("a GiB")),
    httpGet: tiers("HTTP GETs (`HG`)", traffic("10,000 requests")),
    httpPut: tiers("HTTP PUTs (`HP`)", traffic("10,000 requests")),
    httpDelete: tiers("HTTP DELETEs (`HD`)", traffic("10,000 requests")),
  })
  .meta({ title: "RatingPlanMapRules" });
type Dimension = keyof z.output<typeof mapRules>;

const inputs = z.strictObject({
  ratingPlanId: immutable(z.string().min(1)).describe("Id of the rating plan. Section 10.5.3."),
  name: z.string().min(1).describe("Name of the rating plan. Section 10.5.3."),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'must be an international currency code such as "USD"' })
    .default("USD")
    .describe("Currency of the prices: an international code such as `USD`, `JPY` or `EUR`. Section 10.5.3."),
  mapRules: mapRules
    .prefault({})
    .describe("Prices by service dimension; one that is left out is not charged for. Section 10.5.3."),
});
type Inputs = z.output<typeof inputs>;
export const ratingPlan = z.object(inputs.shape);

export const RatingPlan = resource({
  token: "tenantry:hyperstore:RatingPlan",
  describe:
    "A HyperStore rating plan: what the system's bills charge for storage and traffic, in tiers. The plans of every system, `Default-RP` and `Whitelist-RP`, can be imported and changed, never deleted. The system does not tell whose plan is deleted. Admin API 8.2, chapter 10.",
  example: {
    ratingPlanId: "Gold",
    name: "Gold Rating Plan",
    mapRules: { storageBytes: [{ units: "100", price: "0.2" }, { price: "0.15" }] },
  },
  inputs,
  outputs: z.object({}),
  connect: hyperstore,
  id: ({ ratingPlanId }) => joinId(ratingPlanId),

  async create(api, want) {
    const response = await api.putRatingPlan(sent(want));
    if (says(response, 409, /./))
      throw new AlreadyExists(joinId(want.ratingPlanId), "409 Unique Constraint Violation");
    done(response);
    return {};
  },

  async read(api, id) {
    const plan = await api.getRatingPlan(planId(id));
    return plan && { inputs: readPlan(plan), outputs: {}, raw: plan };
  },

  async update(api, _id, want, was) {
    // POST takes the whole plan (section 10.4), so what we do not know of it goes back as it came.
    if (!isDeepStrictEqual(want, was.inputs))
      await api.postRatingPlan({ ...(was.raw as RatingPlanInfo), ...sent(want) });
    return {};
  },

  async delete(api, id, ctx) {
    const ratingPlanId = planId(id);
    if (packaged.includes(ratingPlanId))
      throw new ProviderError(
        "refused",
        `rating plan "${id}" comes with the system, which bills by it unless told otherwise, so it is not deleted: to leave it as it is, take it out of the state (pulumi state delete), or set the resource option retainOnDelete`,
      );
    if (await api.deleteRatingPlan(ratingPlanId))
      ctx.log(
        `rating plan "${id}" is deleted, and HyperStore does not tell whose plan it was: see that no group, no user and no allowlist still names it`,
        "warn",
      );
  },
});

const packaged = ["Default-RP", "Whitelist-RP"];
const planId = (id: string): string => splitId(id, "ratingPlanId").ratingPlanId;

/** Section 10.5.3. */
const dimensions: Record<Dimension, { code: string; ruleclassType: string }> = {
  storageBytes: { code: "SB", ruleclassType: "STORAGE_BYTE" },
  bytesIn: { code: "BI", ruleclassType: "BYTES_IN" },
  bytesOut: { code: "BO", ruleclassType: "BYTES_OUT" },
  httpGet: { code: "HG", ruleclassType: "HTTP_GET" },
  httpPut: { code: "HP", ruleclassType: "HTTP_PUT" },
  httpDelete: { code: "HD", ruleclassType: "HTTP_DELETE" },
};

/** All six dimensions, for the system takes all of them or none; the last tier's size is "0" (section 10.5.3). */
function sent({ ratingPlanId, name, currency, mapRules }: Inputs): RatingPlanInfo {
  const rules = Object.entries(mapRules).map(([dimension, tiers]) => {
    const { code, ruleclassType } = dimensions[dimension as Dimension];
    const pairs = tiers.map(({ units = "0", price }) => ({ first: units, second: price }));
    return [code, { ruleclassType, rules: pairs }];
  });
  return { id: ratingPlanId, name, currency, mapRules: Object.fromEntries(rules) };
}

export function readPlan({ id, name, currency = "USD", mapRules }: RatingPlanInfo): Inputs {
  const tiersOf = ({ code }: { code: string }): Tier[] => {
    const rules = mapRules?.[code]?.rules ?? [];
    const tiers = rules.map(({ first, second }, nth) => {
      const isOpen = nth === rules.length - 1 && Number(first) === 0;
      return { ...(isOpen ? {} : { units: shortest(String(first)) }), price: shortest(String(second)) };
    });
    return tiers.length > 0 ? tiers : free;
  };
  return {
    ratingPlanId: id,
    name,
    currency,
    mapRules: mapProperties(dimensions, tiersOf) as Inputs["mapRules"],
  };
}
