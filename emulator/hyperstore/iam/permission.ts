import { findBucket } from "../buckets.ts";
import { findCredential, securityInfo } from "../keys.ts";
import type { State, User } from "../state.ts";
import type { Action } from "./actions.ts";

/** Who asks: a HyperStore user, or an IAM user of that user's account with what its policies allow. */
export interface Requester {
  user: User;
  /** Such as "admin:GetCloudianGroup"; undefined for the user itself, who needs no policy. */
  allowed?: readonly string[];
}

export function requesterOf(state: State, accessKey: string): Requester | undefined {
  const credential = findCredential(state, accessKey);
  const user = credential && state.users.get(credential.owner);
  if (!user || !securityInfo(state, credential).active) return undefined;
  if (credential.iamUser === undefined) return { user };
  return { user, allowed: user.iamPolicies?.[credential.iamUser] ?? [] };
}

/** 1.7.3: an IAM user needs a policy, and then reaches as far as its parent user does. */
export function mayDo(
  state: State,
  { user, allowed }: Requester,
  name: string,
  { groupAdmin, user: regular }: Action,
  query: Readonly<Record<string, string>>,
): boolean {
  if (allowed && !allowed.some((pattern) => covers(pattern, `admin:${name}`))) return false;
  const { userType, groupId, userId } = user.info;
  if (userType === "SystemAdmin") return true;
  const reach = userType === "GroupAdmin" ? groupAdmin : regular;
  if (reach !== "own") return reach === "any";
  const target = targetOf(state, query);
  return target.groupId === groupId && (userType === "GroupAdmin" || target.userId === userId);
}

/** As in any IAM policy, "*" stands for any characters. That case counts is a choice, the stricter one. */
function covers(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

/** Whom a request is about, by whichever parameter it says so. */
function targetOf(
  state: State,
  query: Readonly<Record<string, string>>,
): Partial<Record<"groupId" | "userId", string>> {
  const { groupId, userId, canonicalUserId, accessKey, id = "", bucket } = query;
  if (accessKey !== undefined) return infoOf(state, findCredential(state, accessKey)?.owner);
  if (canonicalUserId !== undefined) return infoOf(state, canonicalUserId);
  if (bucket !== undefined) return findBucket(state, bucket)?.owner.info ?? {};
  // Usage is asked of "group|user" (13.2.2).
  const [idGroup, idUser] = id.split("|");
  return { groupId: groupId ?? idGroup ?? "", userId: userId ?? idUser ?? "" };
}

const infoOf = (state: State, canonicalUserId = "") => state.users.get(canonicalUserId)?.info ?? {};
