import * as z from "zod";
import { joinId, splitId } from "../resource/definition.ts";
import { ProviderError } from "../resource/errors.ts";
import { immutable } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import { rateLimitOfUser } from "./claims.ts";
import {
  type GlobalScope,
  getRateLimit,
  inTurnOfRateLimit,
  noRateLimits,
  putRateLimit,
  type RateLimitOf,
} from "./client/ratelimit.ts";
import { rateLimitFields, rateLimitOf, rateLimitToWire } from "./limits.ts";
import { bucketHelp, bucketName, uid, uidHelp } from "./rules.ts";
import { ceph } from "./system.ts";

const globalScopes = ["user", "bucket", "anon"] as const satisfies GlobalScope[];

const inputs = z
  .strictObject({
    uid: immutable(uid).optional().describe(`The user whose rate limit it is. ${uidHelp}`),
    bucket: immutable(bucketName).optional().describe(`The bucket whose rate limit it is. ${bucketHelp}`),
    global: immutable(z.enum(globalScopes))
      .optional()
      .describe(
        "The cluster's rate limit for each `user` or each `bucket` that has none of its own, or for requests that nobody has signed (`anon`). Ceph, Rate Limit Management.",
      ),
    ...rateLimitFields,
  })
  .superRefine(({ uid, bucket, global }, context) => {
    if ([uid, bucket, global].filter((each) => each !== undefined).length !== 1)
      context.addIssue({ code: "custom", message: "give exactly one of uid, bucket and global" });
  });

export const RateLimit = settings({
  token: "tenantry:ceph:RateLimit",
  describe:
    "How many requests and bytes per minute a user, a bucket, or each of them by default may have. Every radosgw counts for itself, so divide by their number. From Ceph Reef (18) on. Ceph, Rate Limit Management.",
  example: { uid: "research", maxReadOps: 6000, maxWriteOps: 1200 },
  inputs,
  outputs: z.object({}),
  connect: ceph,
  id: ({ uid, bucket, global }) =>
    uid === undefined && bucket === undefined
      ? joinId("global", global)
      : joinId(uid === undefined ? "bucket" : "user", uid ?? bucket),
  claims: ({ uid }) => (uid === undefined ? [] : [{ thing: rateLimitOfUser(uid), whole: true }]),
  unsupported: noRateLimits,

  async read(api, id) {
    const of = ownerIn(id);
    const found = await getRateLimit(api, of);
    return found && { inputs: { ...of, ...rateLimitOf(found) }, outputs: {} };
  },

  async write(api, id, want) {
    const of = ownerIn(id);
    const isThere = await inTurnOfRateLimit(api, of, () => putRateLimit(api, of, rateLimitToWire(want)));
    if (!isThere)
      throw new ProviderError(
        "refused",
        `Ceph RateLimit "${id}" cannot be set: that user or bucket is no longer there`,
      );
    return {};
  },
});

function ownerIn(id: string): RateLimitOf {
  const { scope, name } = splitId(id, "scope", "name");
  if (scope === "user") return { uid: name };
  if (scope === "bucket") return { bucket: name };
  const global = globalScopes.find((each) => each === name);
  if (scope === "global" && global) return { global };
  throw new ProviderError(
    "invalid",
    `the id "${id}" is none of user/UID, bucket/NAME (bucket/TENANT%2FNAME), ${globalScopes.map((each) => `global/${each}`).join(", ")}`,
  );
}
