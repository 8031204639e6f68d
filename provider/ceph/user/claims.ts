import type { Claim } from "../../resource/definition.ts";
import {
  capsOfUser,
  keyOfUser,
  keysOfUser,
  quotaOfUser,
  rateLimitOfUser,
  subuserOfUser,
  subusersOfUser,
} from "../claims.ts";
import type { Inputs } from "./fields.ts";

/** What no other resource of the program may manage beside this user: what it sets, and all there is if it is `exclusive`. */
export function claimsOf({ uid, exclusive, keys, subusers, ...parts }: Inputs): Claim[] {
  const whole = (thing: string): Claim => ({ thing, whole: true });
  const given = Object.values(keys).flatMap(({ accessKey }) => accessKey ?? []);
  return [
    ...(exclusive || Object.keys(parts.caps).length > 0 ? [whole(capsOfUser(uid))] : []),
    ...(parts.userQuota ? [whole(quotaOfUser(uid, "user"))] : []),
    ...(parts.bucketQuota ? [whole(quotaOfUser(uid, "bucket"))] : []),
    ...(parts.rateLimit ? [whole(rateLimitOfUser(uid))] : []),
    { thing: keysOfUser(uid), whole: exclusive },
    ...given.map((accessKey) => whole(keyOfUser(uid, accessKey))),
    { thing: subusersOfUser(uid), whole: exclusive },
    ...Object.keys(subusers).map((name) => whole(subuserOfUser(uid, name))),
  ];
}
