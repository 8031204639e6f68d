import type { Response } from "../../http/index.ts";
import { codeOf, done, found, permitted, refusal } from "./answers.ts";
import type { Query, Radosgw } from "./calls.ts";
import type { AclInfo, BucketInfo, IndexCheck, QuotaInfo } from "./wire.ts";

/** Get Bucket Info of one, "name" or "tenant/name", capability buckets=read. Undefined when there is no such bucket. */
export const getBucket = async (api: Radosgw, bucket: string): Promise<BucketInfo | undefined> =>
  found<BucketInfo>(await ask(api, "/bucket", { bucket }), "NoSuchBucket");

/** Get Bucket Info of all, or of a user's, capability buckets=read: a user's are named without the tenant. */
export const listBuckets = async (api: Radosgw, uid: string | undefined): Promise<string[]> =>
  all<string>(await ask(api, "/bucket", { uid }));

export const listBucketInfos = async (api: Radosgw, uid: string | undefined): Promise<BucketInfo[]> =>
  all<BucketInfo>(await ask(api, "/bucket", { uid, stats: true }));

/** Of a user that there is not, Tentacle answers nothing at all and the releases before it an empty list (measured). */
const all = <Each>(response: Response): Each[] =>
  response.status === 200 && response.text === "" ? [] : (found<Each[]>(response) ?? []);

/** Get Bucket or Object Policy, capability buckets=read: the ACL. Undefined when there is no such bucket or object. */
export const getAcl = async (
  api: Radosgw,
  bucket: string,
  object: string | undefined,
): Promise<AclInfo | undefined> =>
  found<AclInfo>(await ask(api, "/bucket?policy", { bucket, object }), "NoSuchKey");

/**
 * Check Bucket Index, without mending anything: capability buckets=write all the same. Undefined when there is no such
 * bucket. `check-objects` goes only with `fix` (measured: the answer breaks off with an error otherwise).
 */
export const checkIndex = async (api: Radosgw, bucket: string): Promise<IndexCheck | undefined> => {
  const query = { bucket, fix: false, "check-objects": false };
  return found<IndexCheck>(permitted(await api.get("/bucket?index", query), "buckets=write"), "NoSuchKey");
};

const ask = async (api: Radosgw, path: string, query: Query): Promise<Response> =>
  permitted(await api.get(path, query), "buckets=read");

/**
 * Set Quota for an Individual Bucket, capability buckets=write. The body replaces it, whole; the query form ignores
 * max-size. `uid` may be any user that exists. False when either is missing.
 */
export async function putBucketQuota(
  api: Radosgw,
  bucket: string,
  uid: string,
  json: QuotaInfo,
): Promise<boolean> {
  const query = { bucket: withTenant(bucket), uid };
  const response = await api.send({ method: "PUT", path: "/bucket?quota", query, json });
  return done(permitted(response, "buckets=write"), "NoSuchKey");
}

/**
 * Link Bucket, capability buckets=write. False when the bucket or the user is missing. To a user of another tenant it
 * renames the bucket, over one of that name: callers must not.
 */
export async function linkBucket(api: Radosgw, bucket: string, uid: string): Promise<boolean> {
  const query = { bucket: withTenant(bucket), uid };
  const response = await api.send({ method: "PUT", path: "/bucket", query });
  if (codeOf(response) === "InvalidArgument")
    throw refusal(
      response,
      `if user "${uid}" belongs to an account, only the account can own buckets: ${linkToAccount(bucket, "ID")}`,
    );
  return done(permitted(response, "buckets=write"), "NoSuchKey");
}

/** The API links to users alone. */
export const linkToAccount = (bucket: string, account: string): string =>
  `radosgw-admin bucket link --bucket=${bucket} --account-id=${account}`;

/** Writes of one bucket lose against each other, whatever part of it they write (measured on all releases). */
export const inTurnOfBucket = <T>(api: Radosgw, bucket: string, write: () => Promise<T>): Promise<T> =>
  api.inTurn(`bucket ${bucket}`, write);

/** Without a tenant, a name beside a uid is taken for one in the user's tenant: a slash before the name says that it has none. */
const withTenant = (bucket: string): string => (bucket.includes("/") ? bucket : `/${bucket}`);
