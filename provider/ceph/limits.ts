import * as z from "zod";
import type { QuotaInfo, RateLimitInfo } from "./client/wire.ts";

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

const perMinute = z.int().min(0).default(0);

/**
 * What a rate limit is made of, whosever it is. Every radosgw counts for itself, in intervals of a minute unless its
 * setting `rgw_ratelimit_interval` says otherwise.
 */
export const rateLimitFields = {
  enabled: z.boolean().default(true).describe("Whether it is enforced. Ceph, Rate Limit Management."),
  maxReadOps: perMinute.describe(
    "Most GET and HEAD requests per minute through each radosgw; 0 for no limit. Ceph, Rate Limit Management, `max-read-ops`.",
  ),
  maxWriteOps: perMinute.describe(
    "Most other requests per minute through each radosgw; 0 for no limit. Ceph, Rate Limit Management, `max-write-ops`.",
  ),
  maxReadBytes: perMinute.describe(
    "Most bytes read per minute through each radosgw; 0 for no limit. What goes beyond it is finished, and further requests wait for it, two minutes at most. Ceph, Rate Limit Management, `max-read-bytes`.",
  ),
  maxWriteBytes: perMinute.describe(
    "Most bytes written per minute through each radosgw; 0 for no limit. What goes beyond it is finished, and further requests wait for it, two minutes at most. Ceph, Rate Limit Management, `max-write-bytes`.",
  ),
};
const rateLimit = z.object(rateLimitFields);
export type RateLimit = z.output<typeof rateLimit>;

export const rateLimitOf = (info: RateLimitInfo): RateLimit => ({
  enabled: info.enabled,
  maxReadOps: info.max_read_ops,
  maxWriteOps: info.max_write_ops,
  maxReadBytes: info.max_read_bytes,
  maxWriteBytes: info.max_write_bytes,
});

export const rateLimitToWire = (limit: RateLimit): RateLimitInfo => ({
  enabled: limit.enabled,
  max_read_ops: limit.maxReadOps,
  max_write_ops: limit.maxWriteOps,
  max_read_bytes: limit.maxReadBytes,
  max_write_bytes: limit.maxWriteBytes,
});
