import { found } from "../answers.ts";
import type { PolicyBuckets, StoragePolicy } from "../wire.ts";
import type { Calls } from "./calls.ts";

/** Chapter 4. */
export function policyCalls({ get }: Calls) {
  return {
    /** 5.6.3 alone has it. */
    getStoragePolicy: async (policyId: string) => found<StoragePolicy>(await get("/bppolicy", { policyId })),
    /** 4.1 */
    getBucketsPerPolicy: async () =>
      found<PolicyBuckets[]>(await get("/bppolicy/bucketsperpolicy", {})) ?? [],
    /** 4.2 */
    listStoragePolicies: async (filter: {
      region?: string | undefined;
      groupId?: string | undefined;
      status?: string | undefined;
    }) => found<StoragePolicy[]>(await get("/bppolicy/listpolicy", filter)) ?? [],
  };
}
