import { found, foundText } from "../answers.ts";
import { count } from "../counts.ts";
import { everyPage } from "../pages.ts";
import type { AuditData, LicenseData, UserBuckets, UserBucketUsage, UserUsage } from "../wire.ts";
import type { Calls, Query } from "./calls.ts";

/** "ALL" is the whole system, a user of "*" the whole group (section 11.5.2). */
interface Whose extends Query {
  groupId: string;
  userId: string;
}

/** Chapter 11. */
export function systemCalls({ get }: Calls) {
  const counted = async (path: string, query: Query, what: string) =>
    count(foundText(await get(path, query)) ?? "", what);
  const byUser = (path: string, groupId: string) =>
    everyPage<UserUsage>({
      page: async (limit, offset) => found(await get(path, { groupId, limit, offset })) ?? [],
      id: ({ userId }) => userId,
    });
  return {
    /** 11.1: as of the top of the last hour. */
    getAudit: async (region?: string) => found<AuditData>(await get("/system/audit", { region })),
    /** 11.2: undefined when nothing is answered, which may mean that there is no such group. */
    getBucketCount: async (groupId: string, region?: string) => {
      const text = foundText(await get("/system/bucketcount", { groupId, region }));
      return text === undefined ? undefined : count(text, `the number of group "${groupId}"'s buckets`);
    },
    /** 11.3: the buckets of every user of a group. */
    listBuckets: async (groupId: string) =>
      found<UserBuckets[]>(await get("/system/bucketlist", { groupId })) ?? [],
    /** 11.4: nothing of use where buckets are not counted, as by default. */
    getBucketUsage: async (query: {
      groupId: string;
      userId?: string | undefined;
      bucketName?: string | undefined;
    }) => found<UserBucketUsage[]>(await get("/system/bucketusage", query)) ?? [],
    /** 11.5 */
    getByteCount: (whose: Whose) => counted("/system/bytecount", whose, "the stored bytes"),
    /** 11.6: a size such as "62G". */
    getBytesTiered: async (whose: Whose) => foundText(await get("/system/bytestiered", whose)) ?? "",
    /** 11.7: host names by data centre. */
    getDataCenters: async (region?: string) =>
      found<Record<string, string[]>>(await get("/system/dcnodelist", { region })) ?? {},
    /** 11.8 */
    getGroupByteCount: (groupId: string) => byUser("/system/groupbytecount", groupId),
    /** 11.9 */
    getGroupObjectCount: (groupId: string) => byUser("/system/groupobjectcount", groupId),
    /** 11.10; undefined on a system that has no such method. */
    getLicense: async () => {
      const response = await get("/system/license", {});
      return response.status === 404 ? undefined : found<LicenseData>(response);
    },
    /** 11.11 */
    getObjectCount: (whose: Whose) => counted("/system/objectcount", whose, "the stored objects"),
    /** 11.12: "true" or "false". */
    getObjectLockEnabled: async () => foundText(await get("/system/objectlockenabled", {})) ?? "",
    /** 11.14: such as "8.1.1 Compiled: 2024-08-16 16:32". */
    getVersion: async () => foundText(await get("/system/version", {})) ?? "",
  };
}
