import type { State } from "./state.ts";

/** Parameter of POST (9.3.2) and type in the answer to GET (9.2.4), in the order of its sample. */
export const types = {
  wlStorageQuotaKBytes: "STORAGE_QUOTA_KBYTES_LW",
  hlStorageQuotaKBytes: "STORAGE_QUOTA_KBYTES_LH",
  wlRequestRate: "REQUEST_RATE_LW",
  hlRequestRate: "REQUEST_RATE_LH",
  wlDataKBytesIn: "DATAKBYTES_IN_LW",
  hlDataKBytesIn: "DATAKBYTES_IN_LH",
  wlDataKBytesOut: "DATAKBYTES_OUT_LW",
  hlDataKBytesOut: "DATAKBYTES_OUT_LH",
  wlStorageQuotaCount: "STORAGE_QUOTA_COUNT_LW",
  hlStorageQuotaCount: "STORAGE_QUOTA_COUNT_LH",
} as const;
export type QosLimits = Record<keyof typeof types, number>;
export const limits = Object.keys(types) as (keyof typeof types)[];

/** "*" or "ALL" stands for several users, or for several groups (9.3.2). */
export const limitsKey = (region: string, groupId: string, userId: string): string =>
  JSON.stringify([region, groupId, userId]);

/** Limits go with their user, or with their group: who gets the name later starts without any. */
export function dropLimits({ regions, qos }: State, groupId: string, userId?: string): void {
  for (const region of regions)
    for (const each of userId === undefined ? ["ALL", "*"] : [userId])
      qos.delete(limitsKey(region, groupId, each));
}
