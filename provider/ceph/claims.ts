/*
 * What more than one kind of resource can manage, by the names that a program's error says, so that one definition
 * cannot spell them differently from another.
 */

export const rateLimitOfUser = (uid: string): string => `the rate limit of ${user(uid)}`;
export const capsOfUser = (uid: string): string => `the caps of ${user(uid)}`;
export const quotaOfUser = (uid: string, scope: "user" | "bucket"): string =>
  `the ${scope} quota of ${user(uid)}`;

/** All of them; each that a program names is a claim of its own. */
export const keysOfUser = (uid: string): string => `the keys of ${user(uid)}`;
export const keyOfUser = (uid: string, accessKey: string): string => `key "${accessKey}" of ${user(uid)}`;
export const subusersOfUser = (uid: string): string => `the subusers of ${user(uid)}`;
export const subuserOfUser = (uid: string, name: string): string => `subuser "${name}" of ${user(uid)}`;

const user = (uid: string) => `Ceph user "${uid}"`;

export const accountNamed = (tenant: string | undefined, name: string): string =>
  `Ceph account "${tenant === undefined ? name : `${tenant}$${name}`}"`;
