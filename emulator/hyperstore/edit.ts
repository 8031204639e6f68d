import { findBucket, removeObjects } from "./buckets.ts";
import { type Bucket, type Cluster, newBucket } from "./cluster.ts";
import { lock } from "./lock.ts";
import type { Monitored } from "./monitored.ts";
import { type Raised, raise, watched } from "./nodes.ts";
import { dropLimits } from "./qoslimits.ts";
import { objectKey, type State, type User } from "./state.ts";
import { statusOf } from "./status.ts";
import { type Transfer, transfer } from "./traffic.ts";
import type { Usage } from "./usagedata.ts";
import { addUser, findUser } from "./users.ts";

/** What happens to a system without the Admin API: people fail to log in, make buckets, use the IAM API. */
export type Edit =
  | {
      action: "lockUser" | "expirePassword" | "removeBuckets" | "recreateUser";
      groupId: string;
      userId: string;
    }
  | { action: "giveBucket"; groupId: string; userId: string; bucketName: string }
  | GiveObject
  | { action: "addIamUser" | "removeIamUser"; groupId: string; userId: string; iamUser: string }
  | { action: "allowIamUser"; groupId: string; userId: string; iamUser: string; allowed: string[] }
  | { action: "changeBucket"; bucketName: string; bucket: Partial<Bucket> }
  | {
      action: "changeCluster";
      cluster: Partial<Omit<Cluster, "license">> & { license?: Partial<Cluster["license"]> };
    }
  | { action: "raiseEvent"; event: Raised }
  | { action: "changeNode"; nodeId: string; node: Partial<Monitored> }
  | ({ action: "transfer" } & Transfer)
  | { action: "changeUsage"; usage: Partial<Usage> }
  | { action: "finishDeletions" };

/** The user owns the object; the bucket may be another user's. */
interface GiveObject {
  action: "giveObject";
  groupId: string;
  userId: string;
  bucketName: string;
  objectName: string;
  /** Encrypted with a key of the user's own. */
  sseC?: boolean;
}

const actions: Edit["action"][] = [
  "lockUser",
  "expirePassword",
  "removeBuckets",
  "recreateUser",
  "giveBucket",
  "giveObject",
  "addIamUser",
  "removeIamUser",
  "allowIamUser",
  "changeBucket",
  "changeCluster",
  "raiseEvent",
  "changeNode",
  "transfer",
  "changeUsage",
  "finishDeletions",
];

export function edit(state: State, change: Edit): void {
  // Edits also come as JSON from other processes.
  if (!actions.includes(change.action)) throw new Error(`unknown action; known: ${actions.join(", ")}`);
  switch (change.action) {
    case "finishDeletions":
      for (const user of state.users.values()) if (statusOf(user) === "deleting") user.deletedAt = Date.now();
      return;
    case "changeBucket":
      merge(bucketNamed(state, change.bucketName), change.bucket);
      return;
    case "changeCluster":
      merge(state.cluster, {
        ...change.cluster,
        license: { ...state.cluster.license, ...change.cluster.license },
      });
      return;
    case "raiseEvent":
      raise(state, change.event);
      return;
    case "changeNode":
      merge(watched(state, needed(change.nodeId, "nodeId")), change.node);
      return;
    case "transfer":
      transfer(state, change);
      return;
    case "changeUsage":
      merge(state.usage, change.usage);
      return;
  }
  const user = findUser(state, change.groupId, change.userId);
  if (!user) throw new Error(`no user ${change.groupId}/${change.userId}`);
  switch (change.action) {
    case "lockUser":
      lock(user);
      return;
    case "expirePassword":
      user.passwordExpired = true;
      return;
    case "removeBuckets":
      removeBuckets(state, user);
      return;
    case "giveBucket":
      user.buckets.push(newBucket(needed(change.bucketName, "bucketName"), state.regions[0] ?? "", "rf3"));
      return;
    case "giveObject":
      giveObject(state, user, change);
      return;
    case "addIamUser":
      user.iamUsers.push(needed(change.iamUser, "iamUser"));
      return;
    case "allowIamUser":
      user.iamPolicies = { ...user.iamPolicies, [needed(change.iamUser, "iamUser")]: change.allowed };
      return;
    case "removeIamUser":
      user.iamUsers = user.iamUsers.filter((name) => name !== change.iamUser);
      return;
    case "recreateUser":
      // As if somebody had deleted the user and made one of the same name: only the canonical id tells (14.26.3).
      user.deletedAt = Date.now();
      dropLimits(state, change.groupId, change.userId);
      addUser(state, user.info, user.fileEndpoints, false);
      return;
  }
}

function bucketNamed(state: State, bucketName: string): Bucket {
  const found = findBucket(state, needed(bucketName, "bucketName"));
  if (!found) throw new Error(`no bucket ${bucketName}`);
  return found.bucket;
}

function merge<T extends object>(into: T, change: Partial<T>): void {
  const unknown = Object.keys(change).find((name) => !(name in into));
  if (unknown !== undefined) throw new Error(`${unknown} is not one of ${Object.keys(into).join(", ")}`);
  Object.assign(into, change);
}

function removeBuckets(state: State, user: User): void {
  for (const { bucketName } of user.buckets) removeObjects(state, bucketName);
  user.buckets = [];
}

function giveObject(state: State, user: User, { bucketName, objectName, sseC = false }: GiveObject): void {
  const owner = user.info.canonicalUserId;
  const key = objectKey(needed(bucketName, "bucketName"), needed(objectName, "objectName"));
  state.objects.set(key, { bucketName, objectName, owner, sseC, publicUrls: [] });
}

function needed(value: string | undefined, name: string): string {
  if (typeof value !== "string" || value === "") throw new Error(`${name} is missing`);
  return value;
}
