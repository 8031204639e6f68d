import * as z from "zod";
import { ProviderError } from "../resource/errors.ts";
import { unmanaged } from "../resource/fields.ts";
import type { QosSelector } from "./client/qos.ts";
import type { QosLimitSettings } from "./wire.ts";

const limit = (meaning: string) =>
  unmanaged(z.int().min(-1))
    .optional()
    .describe(
      `${meaning} -1 for no limit. Absent means that the program leaves this limit to others. Section 9.3.2.`,
    );

/** By the names of POST's parameters; with the type that each has in the answer to GET (sections 9.3.2 and 9.2.4). */
export const limitFields = {
  hlStorageQuotaKBytes: limit("Storage quota in KiB: at this much stored data, uploads are blocked."),
  wlStorageQuotaKBytes: limit("Stored data in KiB at which the S3 Service logs a warning."),
  hlStorageQuotaCount: limit("Most objects, folders included: at this number, uploads are blocked."),
  wlStorageQuotaCount: limit("Number of objects, folders included, at which the S3 Service logs a warning."),
  hlRequestRate: limit("Most HTTP requests a minute, DELETE not counted: all further ones are blocked."),
  wlRequestRate: limit("HTTP requests a minute, DELETE not counted, at which the S3 Service logs a warning."),
  hlDataKBytesIn: limit("Most KiB uploaded a minute: all further requests are blocked."),
  wlDataKBytesIn: limit("KiB uploaded a minute at which the S3 Service logs a warning."),
  hlDataKBytesOut: limit("Most KiB downloaded a minute: all further requests are blocked."),
  wlDataKBytesOut: limit("KiB downloaded a minute at which the S3 Service logs a warning."),
};
export type LimitName = keyof typeof limitFields;
export type Limits = Record<LimitName, number>;

const types: Record<LimitName, readonly [string, ...string[]]> = {
  // The last names are those of systems first installed as 7.4 or older.
  hlStorageQuotaKBytes: ["STORAGE_QUOTA_KBYTES_LH", "STORAGE_QUOTA_KBYTES"],
  wlStorageQuotaKBytes: ["STORAGE_QUOTA_KBYTES_LW"],
  hlStorageQuotaCount: ["STORAGE_QUOTA_COUNT_LH", "STORAGE_QUOTA_COUNT"],
  wlStorageQuotaCount: ["STORAGE_QUOTA_COUNT_LW"],
  hlRequestRate: ["REQUEST_RATE_LH"],
  wlRequestRate: ["REQUEST_RATE_LW"],
  hlDataKBytesIn: ["DATAKBYTES_IN_LH"],
  wlDataKBytesIn: ["DATAKBYTES_IN_LW"],
  hlDataKBytesOut: ["DATAKBYTES_OUT_LH"],
  wlDataKBytesOut: ["DATAKBYTES_OUT_LW"],
};
export const limitNames = Object.keys(types) as LimitName[];

/** All ten limits; one that the server does not list is off, which is what -1 says (section 9.2.4). */
export function limitsIn({ groupId, userId, qosLimitList }: QosLimitSettings): Limits {
  return byName((name) => {
    const listed = types[name].flatMap((type) => qosLimitList.filter((each) => each.type === type));
    const value = Number(listed[0]?.value ?? -1);
    if (Number.isSafeInteger(value)) return value;
    throw new ProviderError(
      "refused",
      `the limit ${name} of "${groupId}/${userId}" is above 2^53, which no Pulumi program can say exactly: set it below, or to -1 for no limit`,
    );
  });
}

export const byName = (value: (name: LimitName) => number): Limits =>
  Object.fromEntries(limitNames.map((name) => [name, value(name)])) as Limits;

type Level = "user" | "groupUsers" | "group" | "regionUsers" | "regionGroups";

/** What the two selectors stand for together (section 9.2.2); undefined where they stand for nothing. */
export function levelOf({ groupId, userId }: QosSelector): Level | undefined {
  if (groupId === "*") return userId === "ALL" ? "regionUsers" : undefined;
  if (groupId === "ALL") return userId === "*" ? "regionGroups" : undefined;
  if (userId === "ALL") return "groupUsers";
  return userId === "*" ? "group" : "user";
}

/** Which limits apply where a level has none of its own (section 9.1.3); the region's defaults are the last resort. */
export function fallbackOf(selector: QosSelector): QosSelector | undefined {
  switch (levelOf(selector)) {
    case "user":
      return { ...selector, userId: "ALL" };
    case "groupUsers":
      return { ...selector, groupId: "*" };
    case "group":
      return { ...selector, groupId: "ALL" };
    default:
      return undefined;
  }
}
