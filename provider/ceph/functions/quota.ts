import * as z from "zod";
import type { QuotaInfo } from "../client/wire.ts";
import { count } from "../counts.ts";
import { type Quota, quotaFields, quotaOf } from "../limits.ts";

/** As a server says it, where nothing has to be given. */
export const quota = z
  .object({
    ...quotaFields,
    enabled: z.boolean().describe("Whether it is enforced. Admin Ops, Quotas."),
  })
  .meta({ title: "QuotaInfo" });

export function exactQuota(info: QuotaInfo, whose: string): Quota {
  count(info.max_size, `the most bytes of ${whose}`);
  count(info.max_objects, `the most objects of ${whose}`);
  return quotaOf(info);
}
