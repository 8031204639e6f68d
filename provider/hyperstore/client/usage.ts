import { found } from "../answers.ts";
import type { Calls } from "./calls.ts";

/** Section 13.2.5: figures as strings, and null for what does not apply. */
export interface UsageData {
  operation: string;
  timestamp: string;
  value: string;
  count: string;
  averageValue: string;
  maxValue: string;
  whitelistValue: string;
  whitelistCount: string;
  whitelistAverageValue: string;
  whitelistMaxValue: string;
  groupId?: string | null;
  userId?: string | null;
  bucket?: string | null;
  policyId?: string | null;
  region?: string | null;
  ip?: string | null;
  uri?: string | null;
}

/** Chapter 13, what reads. */
export function usageCalls({ get, send }: Calls) {
  return {
    /**
     * 13.2, at most `limit` records. Not by pages: these go by timestamp, which several records can share, and there
     * are none of buckets.
     */
    getUsage: async (query: {
      id?: string;
      canonicalUserId?: string | undefined;
      bucket?: string | undefined;
      operation: string;
      startTime: string;
      endTime: string;
      granularity: string;
      reversed?: boolean;
      region?: string | undefined;
      limit: number;
    }) => found<UsageData[]>(await get("/usage", query)) ?? [],
    /** 13.3: a POST that only reads. */
    getRawBucketUsage: async (wanted: { buckets: string[]; startTime: string; endTime: string }) =>
      found<{ bucket: string; data?: UsageData[] | null }[]>(
        await send({ method: "POST", path: "/usage/bucket", json: wanted, isRead: true }),
      ) ?? [],
  };
}
