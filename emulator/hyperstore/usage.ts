import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { later, momentIn, type Unit } from "./moment.ts";
import { regionIn } from "./region.ts";
import { fits, objectIn } from "./request.ts";
import { done, json, refuse } from "./respond.ts";
import type { State } from "./state.ts";
import { bucketKey, ofGroup, ofUser, userKey } from "./subjects.ts";
import { isCounted, isOfBucket, type UsageRecord, usageData } from "./usagedata.ts";
import { findUser } from "./users.ts";

const operations = ["SB", "SO", "HG", "HP", "HD"];
const bucketOperations = [...operations, "BI", "BO", "TB", "TO"];
const granularities = ["raw", "hour", "day", "month"];
/** "Not supported if you are retrieving bucket usage data." */
const notOfBuckets = ["reversed", "pageSize", "offset", "region", "regionOffset"];
const [hour, day] = [3_600_000, 86_400_000];
const invalid = "Missing or invalid parameters";

export function usageRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "DELETE",
      path: "/usage",
      query: ["granularity", "startTime", "unitCount"],
      handle: (call) => remove(context, call),
    },
    {
      method: "GET",
      path: "/usage",
      query: [
        ...["id", "canonicalUserId", "bucket", "operation", "startTime", "endTime", "granularity", "limit"],
        ...notOfBuckets,
      ],
      handle: (call) => get(context, call),
    },
    {
      method: "POST",
      path: "/usage/bucket",
      query: [],
      handle: (call) => rawOfBuckets(context, call),
    },
  ];
}

// 13.1. Per-bucket data stays (13.1.3).
function remove({ state }: Context, call: Call): Answer {
  const { granularity = "" } = call.query;
  const units = unitsIn(call, granularities);
  if (!units) return refuse(call, 400, invalid);
  state.usage.records = state.usage.records.filter(
    (record) => isOfBucket(record) || record.granularity !== granularity || !isWithin(record, units),
  );
  return done();
}

/** The interval that a granularity, a start time and a count of units make (13.1.2, 13.8.2). */
export function unitsIn({ query }: Call, allowed: readonly string[]): Interval | undefined {
  const { granularity = "", startTime, unitCount = "1" } = query;
  const unit = granularity === "raw" ? "minute" : (granularity as Unit);
  const start = allowed.includes(granularity) ? momentIn(startTime, unit) : undefined;
  const count = /^\d{1,3}$/.test(unitCount) ? Number(unitCount) : 0;
  if (start === undefined || count < 1 || count > 100) return undefined;
  return { start, end: later(start, unit, count) };
}

export interface Interval {
  start: number;
  end: number;
}

/** The end is not in it: in the sample of 13.2.4 a month until the first of the next one gives one record. */
export const isWithin = ({ timestamp }: UsageRecord, { start, end }: Interval): boolean =>
  start <= timestamp && timestamp < end;

// 13.2
function get({ state }: Context, call: Call): Answer {
  const { query } = call;
  const who = ["id", "canonicalUserId", "bucket"].filter((name) => query[name]);
  if (who.length > 1) return refuse(call, 400, "Conflicting parameters: {canonicalUserId, id}");
  const interval = intervalIn(call);
  const paging = pagingIn(call);
  if (who.length === 0 || !interval || !paging || !isAllowed(call)) return refuse(call, 400, invalid);
  const isAll = query.region === "ALL";
  const region = isAll ? "ALL" : regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Invalid parameter: region = ${query.region}`);
  if (query.regionOffset && !state.regions.includes(query.regionOffset))
    return refuse(call, 400, `Invalid parameter: regionOffset = ${query.regionOffset}`);
  const key = keyIn(state, call);
  const records = state.usage.records.filter(
    (record) =>
      record.subject.key === key &&
      record.granularity === query.granularity &&
      record.operation === query.operation &&
      (query.bucket || isAll || record.region === region) &&
      isWithin(record, interval) &&
      isCounted(state.usage, record),
  );
  return json(page(records, state.regions, call, paging).map(usageData));
}

function isAllowed({ query }: Call): boolean {
  const { bucket, operation = "", granularity = "", reversed = "false" } = query;
  if (!granularities.includes(granularity) || !["true", "false"].includes(reversed)) return false;
  if (!bucket) return operations.includes(operation);
  // That these are refused, rather than passed over, is a choice: a client should hear of it.
  return bucketOperations.includes(operation) && notOfBuckets.every((name) => query[name] === undefined);
}

function intervalIn({ query }: Call): Interval | undefined {
  const start = momentIn(query.startTime, "minute");
  const end = momentIn(query.endTime, "minute");
  if (start === undefined || end === undefined) return undefined;
  if (query.granularity === "raw" && end - start > day) return undefined;
  const onTheHour = start % hour === 0 && end % hour === 0;
  return query.bucket && !onTheHour ? undefined : { start, end };
}

/** Undefined where there is no such user: the document gives no code for it. */
function keyIn(state: State, { query }: Call): string | undefined {
  const { id = "", canonicalUserId, bucket } = query;
  if (bucket) return bucketKey(bucket);
  if (canonicalUserId) return userKey(canonicalUserId);
  const [, groupId = "", userId = ""] = /^([^|]+)\|(.+)$/.exec(id) ?? [];
  if (userId === "*") return ofGroup(groupId).key;
  const user = findUser(state, groupId, userId);
  return user && ofUser(user).key;
}

interface Paging {
  limit: number;
  pageSize: number;
  offset: number;
}

function pagingIn({ query }: Call): Paging | undefined {
  const { limit = "10000", pageSize = "0", offset = "0" } = query;
  if (![limit, pageSize, offset].every((text) => /^\d+$/.test(text))) return undefined;
  return { limit: Number(limit), pageSize: Number(pageSize), offset: Number(offset) };
}

/**
 * From the record on whose timestamp is the offset; one more than the page holds, when there are more (13.2.2). What
 * becomes of records that share a timestamp is not said: here they all come again, those of the regions before
 * `regionOffset` excepted.
 */
function page(
  records: UsageRecord[],
  regions: string[],
  { query }: Call,
  { limit, pageSize, offset }: Paging,
): UsageRecord[] {
  const direction = query.reversed === "true" ? -1 : 1;
  const rank = ({ region }: UsageRecord) => regions.indexOf(region);
  const first = regions.indexOf(query.regionOffset ?? "");
  const sorted = records.sort((a, b) => direction * (a.timestamp - b.timestamp) || rank(a) - rank(b));
  if (pageSize === 0) return sorted.slice(0, limit);
  const rest = sorted.filter((record) => {
    const ahead = direction * (record.timestamp - offset);
    return offset === 0 || ahead > 0 || (ahead === 0 && rank(record) >= first);
  });
  return rest.slice(0, pageSize + 1);
}

// 13.3. The limit of 24 hours is GET's (13.2.2); of this method none is given.
function rawOfBuckets({ state }: Context, call: Call): Answer {
  const body = objectIn(call);
  if (!body || !fits(body, { buckets: "strings", startTime: "string", endTime: "string" }))
    return refuse(call, 400, "Invalid JSON Object");
  const { buckets, startTime, endTime } = body as {
    buckets?: string[];
    startTime?: string;
    endTime?: string;
  };
  if (!buckets?.length || !startTime || !endTime)
    return refuse(call, 400, "Missing required attributes : {buckets, startTime, endTime}");
  const start = momentIn(startTime, "minute");
  const end = momentIn(endTime, "minute");
  if (start === undefined || end === undefined) return refuse(call, 400, "Invalid JSON Object");
  const raw = state.usage.records
    .filter((record) => record.granularity === "raw" && isWithin(record, { start, end }))
    .filter((record) => isCounted(state.usage, record))
    .sort((a, b) => a.timestamp - b.timestamp);
  return json(
    buckets.map((bucket) => ({
      bucket,
      data: raw.filter(({ subject }) => subject.key === bucketKey(bucket)).map(usageData),
    })),
  );
}
