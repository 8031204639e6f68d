import { createHash } from "node:crypto";
import type { Answer, Call } from "../kit/types.ts";
import { findBucket } from "./buckets.ts";
import type { Bucket } from "./cluster.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { refuse, text } from "./respond.ts";

export function challengeRoutes(context: Context): DocumentedRoute[] {
  const path = "/system/token/challenge";
  return [{ method: "GET", path, query: ["action", "params"], handle: (call) => challenge(context, call) }];
}

// 11.13. For a bucket that does not exist no code is given.
function challenge({ state }: Context, call: Call): Answer {
  const { action, params = "" } = call.query;
  const bucketName = /^bucketName:(.+)$/.exec(params)?.[1];
  if (!action || !bucketName) return refuse(call, 400, "Missed required parameter: action, bucketName");
  if (action !== "purge") return refuse(call, 400, "Unsupported 'action' value");
  if (state.cluster.license.objectLockMode !== "COMPATIBLE")
    return refuse(call, 403, 'Token challenge is supported only for licensed "Compatible" Object Lock type');
  const found = findBucket(state, bucketName);
  return found ? text(challengeOf(found.bucket)) : refuse(call, 400, "Bucket does not exist");
}

/**
 * What Cloudian Support answers to the challenge of a bucket (5.6.4): when the token expires, as YYYYMMDDHH, and two
 * segments of which nothing is said. A purge changes the bucket's id, and so a token serves once.
 */
export function supportToken(bucket: Bucket, expires: Date): string {
  const hour = expires.toISOString().replace(/\D/g, "").slice(0, 10);
  return `${hour}.A.${hash(`${hour} ${challengeOf(bucket)}`)}`;
}

// The hour of the expiry is taken as UTC.
export function isValidToken(token: string, bucket: Bucket): boolean {
  const [, year, month, day, hour] = /^(\d{4})(\d{2})(\d{2})(\d{2})\./.exec(token) ?? [];
  const expires = new Date(`${year}-${month}-${day}T${hour}:00Z`);
  return expires.getTime() > Date.now() && token === supportToken(bucket, expires);
}

const challengeOf = ({ bucketName, bucketId }: Bucket): string => `A.${hash(`${bucketName} ${bucketId}`)}`;

const hash = (value: string): string => createHash("sha256").update(value).digest("hex");
