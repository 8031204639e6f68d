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
