import * as z from "zod";
import type { QuotaInfo } from "./client/wire.ts";

/** What a quota is made of, whatever it is a quota of. */
export const quotaFields = {
  enabled: z.boolean().default(true).describe("Whether it is enforced. Admin Ops, Quotas."),
  maxSizeBytes: z
    .int()
    .min(0)
    .optional()
    .describe("Most bytes, 0 or more; absent for no limit (the server's -1). Admin Ops, Quotas, `max-size`."),
  maxObjects: z
    .int()
    .min(0)
    .optional()
    .describe(
      "Most objects, 0 or more; absent for no limit (the server's -1). Admin Ops, Quotas, `max-objects`.",
    ),
};
const quota = z.object(quotaFields);
export type Quota = z.output<typeof quota>;

const limit = (value: number) => (value < 0 ? undefined : value);

export const quotaOf = ({ enabled, max_size, max_objects }: QuotaInfo): Quota => ({
  enabled,
  maxSizeBytes: limit(max_size),
  maxObjects: limit(max_objects),
});

/** `was` keeps what no field of ours sets. */
export const quotaToWire = ({ enabled, maxSizeBytes, maxObjects }: Quota, was: QuotaInfo): QuotaInfo => ({
  enabled,
  check_on_raw: was.check_on_raw,
  max_size: maxSizeBytes ?? -1,
  max_objects: maxObjects ?? -1,
});

export const isSameQuota = (one: Quota, other: Quota): boolean =>
  one.enabled === other.enabled &&
  one.maxSizeBytes === other.maxSizeBytes &&
  one.maxObjects === other.maxObjects;
