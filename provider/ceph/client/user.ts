import type { Response } from "../../http/index.ts";
import { ProviderError } from "../../resource/errors.ts";
import { codeOf, done, found, permitted, refusal } from "./answers.ts";
import type { Query, Radosgw } from "./calls.ts";
import type { KeylessUserInfo, UserInfo } from "./wire.ts";

/** Get User Info, capability users=read. Undefined when there is no such user. */
export async function getUser(api: Radosgw, uid: string): Promise<UserInfo | undefined> {
  const user = await lookAtUser(api, uid);
  if (user && !showsKeys(user))
    throw new ProviderError(
      "refused",
      `GET /user of user "${uid}": the admin user may see users only without their keys (capability user-info-without-keys), and this takes users=read: radosgw-admin caps add --uid=ADMIN --caps='users=read'`,
    );
  return user;
}

/** The same; from Tentacle on, the capability user-info-without-keys=read is enough for a look at all but the keys. */
export const lookAtUser = async (
  api: Radosgw,
  uid: string,
  parameters: Query = {},
): Promise<UserInfo | KeylessUserInfo | undefined> =>
  found<UserInfo>(permitted(await api.get("/user", { uid, ...parameters }), "users=read"), "NoSuchUser");

export const showsKeys = (user: UserInfo | KeylessUserInfo): user is UserInfo => "keys" in user;

/** Get User Info by one of the user's access keys: whose it is, undefined for a key that nobody has. */
export async function uidOfKey(api: Radosgw, accessKey: string): Promise<string | undefined> {
  const response = await api.get("/user", { "access-key": accessKey });
  // Releases differ in how they say so (measured).
  const user = found<UserInfo>(response, "NoSuchUser", "AccessDenied", "InvalidArgument");
  return user && (user.tenant ? `${user.tenant}$${user.user_id}` : user.user_id);
}

export type Conflict = "UserAlreadyExists" | "EmailExists" | "KeyExists";
const conflicts: readonly string[] = ["UserAlreadyExists", "EmailExists", "KeyExists"] satisfies Conflict[];

/**
 * Create User, capability users=write: the user, or why there can be none. After an attempt that nobody knows the end
 * of, `isOurs` tells whether the user that is there now is the one that was asked for.
 */
export async function createUser(
  api: Radosgw,
  uid: string,
  parameters: Query,
  isOurs: (user: UserInfo) => boolean,
): Promise<UserInfo | Conflict> {
  const response = await api.send({
    method: "PUT",
    path: "/user",
    query: { uid, ...parameters },
    idempotent: false,
    settle: async (): Promise<Response | undefined> => {
      const there = await api.get("/user", { uid });
      const user = found<UserInfo>(there, "NoSuchUser");
      return user && isOurs(user) ? there : undefined;
    },
  });
  const code = codeOf(response);
  if (response.status === 409 && conflicts.includes(code)) return code as Conflict;
  rejectUnknownCaps(response, String(parameters["user-caps"]));
  return found<UserInfo>(response) as UserInfo;
}

/** Modify User, capability users=write: sets what is given, and says nothing of the rest. */
export async function modifyUser(api: Radosgw, uid: string, parameters: Query): Promise<UserInfo | Conflict> {
  const query = { uid, ...parameters };
  const response = await api.send({ method: "POST", path: "/user", query, idempotent: true });
  if (response.status === 409 && codeOf(response) === "EmailExists") return "EmailExists";
  return found<UserInfo>(response) as UserInfo;
}

/** Remove User, capability users=write: "HasBuckets" where it was refused, which radosgw calls 409 BucketAlreadyExists. */
export async function deleteUser(
  api: Radosgw,
  uid: string,
  purgeData: boolean,
): Promise<"HasBuckets" | undefined> {
  const query = { uid, ...(purgeData && { "purge-data": true }) };
  const response = await api.send({ method: "DELETE", path: "/user", query });
  if (response.status === 409 && codeOf(response) === "BucketAlreadyExists") return "HasBuckets";
  done(response, "NoSuchUser");
  return undefined;
}

export interface S3Key {
  accessKey: string;
  secretKey: string;
  /** Without the uid. */
  subuser?: string | undefined;
}

/**
 * Create Key of S3, capability users=write: adds the pair, or gives a key of this very user another secret. False
 * when the access key belongs to someone else.
 */
export async function putKey(
  api: Radosgw,
  uid: string,
  { accessKey, secretKey, subuser }: S3Key,
): Promise<boolean> {
  const pair = { "access-key": accessKey, "secret-key": secretKey };
  const response = await api.send({
    method: "PUT",
    path: "/user?key",
    query: { uid, "key-type": "s3", subuser, ...pair },
  });
  if (response.status === 409 && codeOf(response) === "KeyExists") return false;
  return done(response);
}

/** Remove Key of S3, capability users=write. */
export async function deleteKey(api: Radosgw, uid: string, accessKey: string): Promise<void> {
  const isThere = (user: UserInfo) => user.keys.some((key) => key.access_key === accessKey);
  await removeKey(api, { uid, "key-type": "s3", "access-key": accessKey }, isThere);
}

/** Create Key of Swift, capability users=write: a subuser has one, so this replaces its secret. */
export async function putSwiftKey(
  api: Radosgw,
  uid: string,
  subuser: string,
  secretKey: string,
): Promise<void> {
  const query = { uid, "key-type": "swift", subuser, "secret-key": secretKey };
  done(await api.send({ method: "PUT", path: "/user?key", query }));
}

/** Remove Key of Swift, capability users=write. */
export async function deleteSwiftKey(api: Radosgw, uid: string, subuser: string): Promise<void> {
  const isThere = (user: UserInfo) => user.swift_keys.some((key) => key.user === `${uid}:${subuser}`);
  await removeKey(api, { uid, "key-type": "swift", subuser }, isThere);
}

/** What is not there is answered like a wrong key of the caller's own: then only the user tells. */
async function removeKey(
  api: Radosgw,
  query: Query & { uid: string },
  isThere: (user: UserInfo) => boolean,
): Promise<void> {
  const response = await api.send({ method: "DELETE", path: "/user?key", query });
  if (codeOf(response) !== "InvalidAccessKeyId") {
    done(response, "NoSuchUser");
    return;
  }
  const user = await getUser(api, query.uid);
  if (user && isThere(user)) done(response);
}

export type Access = "read" | "write" | "readwrite" | "full" | "";

/**
 * Create Subuser, capability users=write. A key comes with it whatever is asked (measured: also with
 * generate-secret=false), so the Swift secret is given. On one that exists it replaces the secret.
 */
export async function createSubuser(
  api: Radosgw,
  uid: string,
  subuser: string,
  { access, secretKey }: { access: Access; secretKey: string },
): Promise<void> {
  const query = { uid, subuser, access, "key-type": "swift", "secret-key": secretKey };
  done(await api.send({ method: "PUT", path: "/user", query }));
}

/** Modify Subuser, capability users=write: its access, and the secret of its Swift key, which it keeps without one. */
export async function modifySubuser(
  api: Radosgw,
  uid: string,
  subuser: string,
  { access, secretKey }: { access: Access; secretKey?: string | undefined },
): Promise<void> {
  const swift = secretKey === undefined ? {} : { "key-type": "swift", "secret-key": secretKey };
  const query = { uid, subuser, access, ...swift };
  done(await api.send({ method: "POST", path: "/user", query, idempotent: true }));
}

/** Remove Subuser, capability users=write, with its keys: `purge-keys` makes no difference (measured). */
export async function deleteSubuser(api: Radosgw, uid: string, subuser: string): Promise<void> {
  const response = await api.send({ method: "DELETE", path: "/user", query: { uid, subuser } });
  done(response, "NoSuchSubUser", "NoSuchUser");
}

/** Add A User Capability, capability users=write: adds to what is there. `caps` as in "users=read;buckets=*". */
export async function addCaps(api: Radosgw, uid: string, caps: string): Promise<void> {
  const query = { uid, "user-caps": caps };
  const response = await api.send({ method: "PUT", path: "/user?caps", query });
  rejectUnknownCaps(response, caps);
  done(response);
}

/** Measured on 16.2.15, 18.2.7 and 20.2.4. */
function rejectUnknownCaps(response: Response, caps: string): void {
  if (codeOf(response) !== "InvalidCapability") return;
  throw refusal(
    response,
    `this cluster does not know every type in "${caps}", and so took none of them. All releases know users, buckets, metadata, usage, zone, bilog, mdlog, datalog, roles, user-policy, oidc-provider and amz-cache; Pacific does not know ratelimit and info, nor Reef accounts and user-info-without-keys`,
  );
}

/** Remove A User Capability, capability users=write. */
export async function removeCaps(api: Radosgw, uid: string, caps: string): Promise<void> {
  const query = { uid, "user-caps": caps };
  done(await api.send({ method: "DELETE", path: "/user?caps", query }), "NoSuchCap");
}
