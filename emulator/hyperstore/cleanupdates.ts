import type { Answer, Call } from "../kit/types.ts";
import { findBucket } from "./buckets.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { lacks } from "./request.ts";
import { refuse, text } from "./respond.ts";

const noBucketName = "Missing required parameter: bucketName";

export function cleanUpdatesRoutes(context: Context): DocumentedRoute[] {
  const path = "/bucketops/cleanUpdatesInRange";
  const query = ["bucketName"];
  return [
    { method: "GET", path: `${path}/status`, query, handle: (call) => status(context, call) },
    {
      method: "POST",
      path: `${path}/go`,
      query: [...query, "fromTimestamp", "toTimestamp"],
      handle: (call) => go(context, call),
    },
    { method: "POST", path: `${path}/stop`, query, handle: (call) => stop(context, call) },
  ];
}

// 5.1. That no job is found is said by a 200, as the list of codes has none for it; of `stop` it is a choice.
function status({ state }: Context, call: Call): Answer {
  if (lacks(call, "bucketName")) return refuse(call, 400, noBucketName);
  const { bucketName } = call.query;
  const bucket = findBucket(state, bucketName)?.bucket;
  if (!bucket || !isCleaning(bucket)) return noJob(call);
  return text(`Bucket: ${bucketName} cleanUpdatesInRange processed ${bucket.objectCount} columns`);
}

// 5.4. A job takes as long as a user's deletion. It changes no counts, because there are no versions here. The
// document shows no answer to a success, and gives no code for a bucket that does not exist.
function go({ state, deletionDelayMs }: Context, call: Call): Answer {
  if (lacks(call, "bucketName")) return refuse(call, 400, noBucketName);
  const { bucketName, fromTimestamp, toTimestamp } = call.query;
  if (!fromTimestamp && !toTimestamp)
    return refuse(call, 400, "Missing required parameter: from Timestamp or toTimestamp");
  if (fromTimestamp && !isTimestamp(fromTimestamp))
    return refuse(call, 400, "Invalid timestamp: from Timestamp");
  if (toTimestamp && !isTimestamp(toTimestamp)) return refuse(call, 400, "Invalid timestamp: toTimestamp");
  const bucket = findBucket(state, bucketName)?.bucket;
  if (!bucket) return refuse(call, 400, "Bucket does not exist");
  if (isCleaning(bucket))
    return refuse(call, 409, `CleanUpdatesInRange job already started for bucket: ${bucketName}`);
  bucket.cleaningUntil = Date.now() + deletionDelayMs;
  return text(`Bucket: ${bucketName} cleanUpdatesInRange started`);
}

// 5.5
function stop({ state }: Context, call: Call): Answer {
  if (lacks(call, "bucketName")) return refuse(call, 400, noBucketName);
  const { bucketName } = call.query;
  const bucket = findBucket(state, bucketName)?.bucket;
  if (!bucket || !isCleaning(bucket)) return noJob(call);
  bucket.cleaningUntil = null;
  return text(`Bucket: ${bucketName} cleanUpdatesInRange stopped`);
}

const noJob = ({ query }: Call): Answer =>
  text(`CleanUpdatesInRange job not found for bucket: ${query.bucketName}`);

const isCleaning = ({ cleaningUntil }: { cleaningUntil: number | null }): boolean =>
  cleaningUntil !== null && Date.now() < cleaningUntil;

const isTimestamp = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T/.test(value) && !Number.isNaN(Date.parse(value));
