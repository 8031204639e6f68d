export type Granularity = "raw" | "hour" | "day" | "month";

/** Whom a record is about. A user's name may come again after a deletion: the key is made of the canonical id. */
export interface Subject {
  key: string;
  shown: { bucket: string; policyId: string } | { groupId: string; userId: string };
}

export const isOfBucket = ({ subject }: UsageRecord): boolean => "bucket" in subject.shown;

export interface UsageRecord {
  granularity: Granularity;
  subject: Subject;
  region: string;
  /** SB, SO, HG, HP, HD; of a bucket also BI, BO, TB, TO (13.2.2). */
  operation: string;
  /** Milliseconds since 1970: of a raw record the moment, of the others the begin of the interval. */
  timestamp: number;
  /** Whole numbers of any size, hence no numbers. */
  value: string;
  maxValue: string;
  count: number;
  /** Of the client, in a raw record of its request. */
  ip?: string;
}

export interface Usage {
  records: UsageRecord[];
  /** Whether usage is counted by bucket: off by default (13.2.2). */
  ofBuckets: boolean;
  /** Whether requests are counted, HG, HP and HD: off by default (13.2.2). */
  ofTraffic: boolean;
}

export const freshUsage = (): Usage => ({ records: [], ofBuckets: false, ofTraffic: false });

/** Whether the system counts such a thing at all: what it does not count, it does not show. */
export function isCounted(usage: Usage, record: UsageRecord): boolean {
  if (isOfBucket(record)) return usage.ofBuckets;
  return usage.ofTraffic || record.operation === "SB" || record.operation === "SO";
}

/** As on the wire (13.2.5). Of allowlisted addresses the emulator knows nothing. */
export function usageData(record: UsageRecord) {
  const { granularity, operation, value, count, maxValue, subject } = record;
  const isRaw = granularity === "raw";
  const isBucket = isOfBucket(record);
  const whose = isBucket
    ? { groupId: null, region: null, uri: null, userId: null }
    : { bucket: null, region: record.region, uri: "" };
  const average = isRaw || isBucket || count === 0 ? value : String(BigInt(value) / BigInt(count));
  return {
    averageValue: average,
    count: isRaw || isBucket ? "0" : String(count),
    ip: record.ip ?? (isBucket ? null : ""),
    maxValue: isRaw || isBucket ? "0" : maxValue,
    operation,
    timestamp: String(record.timestamp),
    value,
    whitelistAverageValue: "0",
    whitelistCount: "0",
    whitelistMaxValue: "0",
    whitelistValue: "0",
    ...whose,
    ...subject.shown,
  };
}
