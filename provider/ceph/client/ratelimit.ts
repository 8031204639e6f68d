import { codeOf, done, found, permitted } from "./answers.ts";
import { inTurnOf, type Query, type Radosgw } from "./calls.ts";
import type { RateLimitInfo } from "./wire.ts";

/** "anon" is those who sign no request. */
export type GlobalScope = "user" | "bucket" | "anon";
/** Whose rate limit: of a user, of a bucket, or what is so for all of a kind that have none of their own. */
export type RateLimitOf = { uid: string } | { bucket: string } | { global: GlobalScope };

const missing = "NoSuchKey";

/** Whether the cluster has rate limits at all: from Reef on. Any other answer is of a cluster that does. */
const hasRateLimits = (api: Radosgw): Promise<boolean> =>
  api.has(
    "rate limits",
    async () => codeOf(await api.get("/ratelimit", { global: true })) !== "MethodNotAllowed",
  );

/** Why there can be no rate limit here; undefined where there can. */
export const noRateLimits = async (api: Radosgw): Promise<string | undefined> =>
  (await hasRateLimits(api))
    ? undefined
    : "rate limits need Ceph Reef (18) or later, and this cluster answers 405 MethodNotAllowed: leave them out, or upgrade the cluster";

/**
 * GET /ratelimit, capability ratelimit=read. Undefined when there is no such user or bucket. None of the calls on rate
 * limits is in the vendor's page on Admin Ops; measured on 18.2.7 and 20.2.4.
 */
export async function getRateLimit(api: Radosgw, of: RateLimitOf): Promise<RateLimitInfo | undefined> {
  const response = permitted(await api.get("/ratelimit", parameters(of)), "ratelimit=read");
  const answer = found<Record<string, RateLimitInfo>>(response, missing);
  const scope = scopeOf(of);
  return answer?.[scope === "anon" ? "anonymous_ratelimit" : `${scope}_ratelimit`];
}

/** POST /ratelimit, capability ratelimit=write; the answer is empty. False when there is no such user or bucket. */
export async function putRateLimit(api: Radosgw, of: RateLimitOf, limit: RateLimitInfo): Promise<boolean> {
  const query = {
    ...parameters(of),
    enabled: limit.enabled,
    "max-read-ops": limit.max_read_ops,
    "max-write-ops": limit.max_write_ops,
    "max-read-bytes": limit.max_read_bytes,
    "max-write-bytes": limit.max_write_bytes,
  };
  const response = await api.send({ method: "POST", path: "/ratelimit", query, idempotent: true });
  return done(permitted(response, "ratelimit=write"), missing);
}

/** Writes of one object lose against each other, and those of the global limits, one object too, undo each other silently. */
export function inTurnOfRateLimit<T>(api: Radosgw, of: RateLimitOf, write: () => Promise<T>): Promise<T> {
  if ("uid" in of) return inTurnOf(api, of.uid, write);
  return api.inTurn("bucket" in of ? `bucket ${of.bucket}` : "global rate limits", write);
}

const scopeOf = (of: RateLimitOf): GlobalScope =>
  "global" in of ? of.global : "uid" in of ? "user" : "bucket";

function parameters(of: RateLimitOf): Query {
  const scope = { "ratelimit-scope": scopeOf(of) };
  if ("global" in of) return { ...scope, global: true };
  if ("uid" in of) return { ...scope, uid: of.uid };
  const [bucket, tenant] = of.bucket.split("/").reverse();
  return { ...scope, bucket, tenant };
}
