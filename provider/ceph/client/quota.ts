import { done } from "./answers.ts";
import type { Radosgw } from "./calls.ts";
import type { QuotaInfo } from "./wire.ts";

/** Set User Quota and Set Bucket Quota at once, capability users=write. The body replaces both, whole (measured). */
export async function putQuotas(
  api: Radosgw,
  uid: string,
  json: { user_quota: QuotaInfo; bucket_quota: QuotaInfo },
): Promise<void> {
  done(await api.send({ method: "PUT", path: "/user?quota", query: { uid }, json }));
}

/** Set User Quota, or Set Bucket Quota for each of the user's buckets, capability users=write. The body replaces it, whole. */
export async function putQuota(
  api: Radosgw,
  uid: string,
  type: "user" | "bucket",
  json: QuotaInfo,
): Promise<void> {
  done(await api.send({ method: "PUT", path: "/user?quota", query: { uid, "quota-type": type }, json }));
}
