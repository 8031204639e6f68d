import type { Catalog } from "../resource/definition.ts";
import { Account } from "./account.ts";
import { BucketOwner } from "./bucketowner.ts";
import { BucketQuota } from "./bucketquota.ts";
import { Caps } from "./caps.ts";
import { getBucketPolicy, getObjectPolicy } from "./functions/acl.ts";
import { checkBucketIndex, getBucket, listBuckets } from "./functions/buckets.ts";
import { getInfo } from "./functions/info.ts";
import { getUsage } from "./functions/usage.ts";
import { getUser, listUsers } from "./functions/users.ts";
import { Key } from "./key.ts";
import { Quota } from "./quota.ts";
import { RateLimit } from "./ratelimit.ts";
import { Subuser } from "./subuser.ts";
import { User } from "./user.ts";

export const cephCatalog: Catalog = {
  resources: [User, Subuser, Key, Caps, Quota, BucketQuota, BucketOwner, RateLimit, Account],
  functions: [
    getUser,
    listUsers,
    getUsage,
    getBucket,
    listBuckets,
    getBucketPolicy,
    getObjectPolicy,
    checkBucketIndex,
    getInfo,
  ],
};
