import { ProviderError } from "../resource/errors.ts";

/**
 * A whole number in a radosgw's JSON, where they have 64 bits. From 2^53 on a number of JavaScript's, and so of
 * Pulumi's, is no longer exact, and a figure that is nearly right would be worse than none.
 */
export function count(value: unknown, what: string): number {
  if (Number.isSafeInteger(value)) return value as number;
  throw new ProviderError("refused", `Ceph's answer for ${what} ${problemOf(value)}`);
}

function problemOf(value: unknown): string {
  if (typeof value !== "number" || Math.abs(value) < 2 ** 53)
    return `is ${JSON.stringify(value)?.slice(0, 60)}, where Admin Ops promises a whole number: check cephEndpoint, and that the release is one this provider knows`;
  if (value >= 2 ** 63)
    return "is a counter that fell below 0, which a radosgw shows as a number near 2^64: radosgw-admin bucket check --fix --bucket=BUCKET, or radosgw-admin user stats --sync-stats --uid=UID, counts anew";
  return `is beyond ${Number.MAX_SAFE_INTEGER} (2^53 - 1), where a number in a Pulumi program is no longer exact: ask the Admin Ops API itself`;
}
