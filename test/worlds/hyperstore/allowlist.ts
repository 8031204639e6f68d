import fc from "fast-check";
import type { Native } from "./native.ts";

/** Of each sort, and often the same one in another form. */
const entry = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
  fc.constantFrom("10.0.0.1", "10.0.0.1/32", "::ffff:10.0.0.1", "2001:db8::1", "2001:0DB8:0:0:0:0:0:1"),
);

export const allowlist: Native = {
  // The rating plan exists.
  inputs: (random) =>
    fc
      .tuple(random, fc.uniqueArray(entry, { maxLength: 5 }), fc.constantFrom("Whitelist-RP", "Default-RP"))
      .map(([inputs, list, plan]) => ({
        ...inputs,
        list,
        ...(inputs.ratingPlanId === undefined ? {} : { ratingPlanId: plan }),
      })),
  stored: ({ allowlist }) => allowlist,
  census: ({ allowlist }) => ({ ...allowlist, list: [...allowlist.list].sort() }),
};
