import type { Answer, Call } from "../kit/types.ts";
import { allBuckets } from "./buckets.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { later } from "./moment.ts";
import { done, refuse } from "./respond.ts";
import type { State } from "./state.ts";
import { isLive } from "./status.ts";
import { ofGroup, ofUser } from "./subjects.ts";
import { type Interval, isWithin, unitsIn } from "./usage.ts";
import { isOfBucket, type Subject, type UsageRecord } from "./usagedata.ts";

/*
 * What cron jobs of the system call: every five minutes, hour, day and month. All of it works on the local region
 * alone (13.8.3, 13.9.2), which is the default one, since the emulator is its Admin Service.
 */
export function rollupRoutes({ state }: Context): DocumentedRoute[] {
  return [
    {
      method: "POST",
      path: "/usage/rollup",
      query: ["granularity", "startTime", "unitCount"],
      handle: (call) => rollUp(state, call),
    },
    { method: "POST", path: "/usage/storage", query: [], handle: () => writeStorage(state, false) },
    { method: "POST", path: "/usage/storageall", query: [], handle: () => writeStorage(state, true) },
  ];
}

// 13.9 and 13.10. Who "uploaded or deleted objects since" is told by a count that is not the one last written.
function writeStorage(state: State, all: boolean): Answer {
  const region = localRegion(state);
  const buckets = allBuckets(state).filter(({ bucket }) => bucket.region === region);
  const write = (subject: Subject, stored: typeof buckets) => {
    const counts = {
      SB: stored.reduce((sum, { bucket }) => sum + bucket.byteCount, 0),
      SO: stored.reduce((sum, { bucket }) => sum + bucket.objectCount, 0),
    };
    for (const [operation, count] of Object.entries(counts)) {
      const value = String(count);
      const written = state.usage.records.filter(
        (record) =>
          record.granularity === "raw" &&
          record.subject.key === subject.key &&
          record.operation === operation,
      );
      if (!all && (written.at(-1)?.value ?? "0") === value) continue;
      const timestamp = Date.now();
      const record = { granularity: "raw", subject, region, operation, timestamp, value } as const;
      state.usage.records.push({ ...record, maxValue: "0", count: 0 });
    }
  };
  for (const user of [...state.users.values()].filter(isLive))
    write(
      ofUser(user),
      buckets.filter(({ owner }) => owner === user),
    );
  for (const groupId of state.groups.keys())
    write(
      ofGroup(groupId),
      buckets.filter(({ owner }) => owner.info.groupId === groupId),
    );
  return done();
}

// 13.8. The hours are made of raw records, days and months of hours; what was there before is replaced.
function rollUp(state: State, call: Call): Answer {
  const units = unitsIn(call, ["hour", "day", "month"]);
  if (!units) return refuse(call, 400, "Missing or invalid parameters");
  const granularity = call.query.granularity as "hour" | "day" | "month";
  const source = granularity === "hour" ? "raw" : "hour";
  for (let start = units.start; start < units.end; start = later(start, granularity)) {
    const interval = { start, end: later(start, granularity) };
    for (const series of seriesOf(state, source)) {
      const rolled = series[0] && { ...series[0], granularity, timestamp: start };
      const figures = granularity === "hour" ? ofRaw(series, interval) : ofHours(series, interval);
      if (!rolled || !figures) continue;
      delete rolled.ip;
      state.usage.records = state.usage.records.filter((record) => !isSame(record, rolled));
      state.usage.records.push({ ...rolled, ...figures });
    }
  }
  return done();
}

/** The records of the local region by whom and what they are about, in the order of time. */
function seriesOf(state: State, granularity: UsageRecord["granularity"]): UsageRecord[][] {
  const series = new Map<string, UsageRecord[]>();
  const region = localRegion(state);
  for (const record of state.usage.records) {
    if (record.granularity !== granularity || record.region !== region) continue;
    const key = `${record.subject.key} ${record.operation}`;
    series.set(key, [...(series.get(key) ?? []), record]);
  }
  return [...series.values()].map((records) => records.sort((a, b) => a.timestamp - b.timestamp));
}

type Figures = Pick<UsageRecord, "value" | "maxValue" | "count">;

/** Of what is stored the last level counts, also one of before that hour; of a bucket the change of it (13.2.5). */
function ofRaw(series: UsageRecord[], interval: Interval): Figures | undefined {
  const within = series.filter((record) => isWithin(record, interval));
  const before = series.filter(({ timestamp }) => timestamp < interval.start).at(-1);
  const last = within.at(-1) ?? before;
  if (last?.operation === "SB" || last?.operation === "SO") {
    if (isOfBucket(last) && within.length === 0) return undefined;
    const change = BigInt(last.value) - BigInt(before?.value ?? 0);
    const value = isOfBucket(last) ? String(change) : last.value;
    return { value, maxValue: highest([last, ...within].map((record) => record.value)), count: 1 };
  }
  return within.length > 0 ? { ...added(within, "value"), count: within.length } : undefined;
}

function ofHours(series: UsageRecord[], interval: Interval): Figures | undefined {
  const within = series.filter((record) => isWithin(record, interval));
  const count = within.reduce((sum, record) => sum + record.count, 0);
  return within.length > 0 ? { ...added(within, "maxValue"), count } : undefined;
}

/** "Only the most recent TB value" of an interval counts (13.2.4), and the same of TO. */
function added(records: UsageRecord[], maximum: "value" | "maxValue"): Omit<Figures, "count"> {
  const last = records.at(-1);
  const isTotal = last?.operation === "TB" || last?.operation === "TO";
  const sum = records.reduce((all, { value }) => all + BigInt(value), 0n);
  return {
    value: isTotal ? last.value : String(sum),
    maxValue: highest(records.map((record) => record[maximum])),
  };
}

const highest = (values: string[]): string =>
  values.reduce((most, each) => (BigInt(each) > BigInt(most) ? each : most));

const isSame = (a: UsageRecord, b: UsageRecord): boolean =>
  (["granularity", "region", "operation", "timestamp"] as const).every((name) => a[name] === b[name]) &&
  a.subject.key === b.subject.key;

const localRegion = ({ regions }: State): string => regions[0] ?? "";
