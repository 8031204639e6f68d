import { randomBytes } from "node:crypto";
import type { Credential, State, User } from "./state.ts";
import { statusOf } from "./status.ts";

/** A pair as the system makes it (14.27.3): 20 hexadecimal digits, and 40 characters of base64. */
export function newCredential(owner: string): Credential {
  return {
    accessKey: randomBytes(10).toString("hex"),
    secretKey: randomBytes(30).toString("base64"),
    active: true,
    createDate: Date.now(),
    owner,
  };
}

/** Credentials go when the deletion of their owner is complete (14.10.2, "deleted"), and not before. */
export function findCredential(state: State, accessKey = ""): Credential | undefined {
  const credential = state.credentials.get(accessKey);
  const owner = credential && state.users.get(credential.owner);
  return owner && statusOf(owner) !== "deleted" ? credential : undefined;
}

/** All of a user's credentials, those of the account's IAM users included, oldest first. */
export function ofUser(state: State, user: User): Credential[] {
  return [...state.credentials.values()].filter(({ owner }) => owner === user.info.canonicalUserId);
}

/**
 * The five attributes of 14.27.4, and no owner. The credentials of a user who is not active "have been
 * deactivated" (14.26.3), so they are shown inactive; their own status comes back with the user.
 */
export function securityInfo(state: State, { accessKey, active, createDate, secretKey, owner }: Credential) {
  const user = state.users.get(owner);
  const usable = active && user !== undefined && statusOf(user) === "active";
  return { accessKey, active: usable, createDate, expireDate: null, secretKey };
}
