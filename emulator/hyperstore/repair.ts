import type { Answer, Call } from "../kit/types.ts";
import { findBucket } from "./buckets.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { regionIn } from "./region.ts";
import { lacks } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";
import { ofBucket } from "./subjects.ts";
import { findUser } from "./users.ts";

const invalid = "Missing or invalid parameters";

/** The emulator's counters are never wrong, so there is nothing to repair: what is left are the answers. */
export function repairRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "POST",
      path: "/usage/repair",
      query: ["groupId", "summarizeCountsOnly", "region"],
      handle: (call) => repairGroup(context, call),
    },
    {
      method: "POST",
      path: "/usage/repair/bucket",
      query: ["bucket"],
      handle: (call) => countBucket(context, call),
    },
    {
      method: "POST",
      path: "/usage/repair/dirtyusers",
      query: ["summarizeCounts"],
      handle: (call) => (isFlag(call.query.summarizeCounts) ? done() : refuse(call, 400, invalid)),
    },
    {
      method: "POST",
      path: "/usage/repair/user",
      query: ["groupId", "userId", "region"],
      handle: (call) => repairUser(context, call),
    },
  ];
}

const isFlag = (text = "true"): boolean => text === "true" || text === "false";

// 13.4. It documents no 400 of its own: these two have the words of the methods beside it.
function repairGroup({ state }: Context, call: Call): Answer {
  const { groupId = "", summarizeCountsOnly } = call.query;
  const isKnown = groupId === "ALL" || state.groups.has(groupId);
  if (!isKnown || !isFlag(summarizeCountsOnly) || regionIn(state.regions, call) === undefined)
    return refuse(call, 400, invalid);
  return done();
}

/**
 * 13.5. That a bucket which does not exist is a 204 is a choice: no code is given. What is counted is stored with
 * the time of the count, and GET /usage shows it as TB and TO (13.2.2).
 */
function countBucket({ state }: Context, call: Call): Answer {
  if (lacks(call, "bucket")) return refuse(call, 400, invalid);
  const bucket = findBucket(state, call.query.bucket)?.bucket;
  if (!bucket) return nothing();
  const counts = { TB: bucket.byteCount, TO: bucket.objectCount };
  for (const [operation, count] of Object.entries(counts))
    state.usage.records.push({
      granularity: "raw",
      subject: ofBucket(state, bucket),
      region: bucket.region,
      operation,
      timestamp: Date.now(),
      value: String(count),
      maxValue: "0",
      count: 0,
    });
  return json(counts);
}

// 13.7
function repairUser({ state }: Context, call: Call): Answer {
  const { groupId = "", userId = "" } = call.query;
  if (!findUser(state, groupId, userId) || regionIn(state.regions, call) === undefined)
    return refuse(call, 400, invalid);
  return done();
}
