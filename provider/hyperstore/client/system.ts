import { found } from "../answers.ts";
import type { UserBuckets } from "../wire.ts";
import type { Calls } from "./calls.ts";

/** Chapter 11. */
export function systemCalls({ get }: Calls) {
  return {
    /** 11.3: the buckets of every user of a group. */
    listBuckets: async (groupId: string) =>
      found<UserBuckets[]>(await get("/system/bucketlist", { groupId })) ?? [],
    /** 11.10; undefined on a system that has no such method. */
    getLicense: async () => {
      const response = await get("/system/license", {});
      return response.status === 404 ? undefined : found<{ licenseNumber?: string }>(response);
    },
  };
}
