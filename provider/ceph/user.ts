import { resource } from "../resource/definition.ts";
import { AlreadyExists, isUnsettled, ProviderError } from "../resource/errors.ts";
import { capsText } from "./capset.ts";
import { listBuckets } from "./client/bucket.ts";
import { inTurnOf, type Query, type Radosgw } from "./client/calls.ts";
import { noRateLimits } from "./client/ratelimit.ts";
import { createUser, deleteUser, getUser } from "./client/user.ts";
import type { UserInfo } from "./client/wire.ts";
import { ceph } from "./system.ts";
import { claimsOf } from "./user/claims.ts";
import { type Inputs, inputs, outputs, type Pair } from "./user/fields.ts";
import { assign, wantedPair } from "./user/keys.ts";
import { namedByProgram } from "./user/names.ts";
import { planned } from "./user/plan.ts";
import { profileQuery, refusalOf } from "./user/profile.ts";
import { readRateLimit } from "./user/ratelimit.ts";
import { type Found, find, snapshotOf } from "./user/read.ts";
import { rejectOrphans, writeUser } from "./user/write.ts";

export const User = resource({
  token: "tenantry:ceph:User",
  describe:
    "A user of a Ceph Object Gateway with all that makes it a tenant: profile, S3 and Swift keys, subusers, admin capabilities and quotas. What differs is changed in place. Admin Ops, Create User, Get User Info, Modify User, Remove User.",
  example: {
    uid: "research",
    displayName: "Research",
    keys: { main: {} },
    userQuota: { maxSizeBytes: 107_374_182_400, maxObjects: 1_000_000 },
  },
  inputs,
  outputs,
  connect: ceph,
  id: ({ uid }) => uid,
  named: namedByProgram,
  planned,
  claims: claimsOf,
  unsupported: async (api, { rateLimit }) => (rateLimit === undefined ? undefined : noRateLimits(api)),

  create: (api, want, ctx) =>
    inTurnOf(api, want.uid, async () => {
      const { uid } = want;
      rejectOrphans(want, []);
      const pairs = Object.entries(want.keys).map(
        ([name, key]) => [name, wantedPair(uid, name, key, undefined, new Map())] as const,
      );
      // One key comes with the user, by which a user is known for ours whose making was not answered.
      const first = pairs.filter(([name]) => want.keys[name]?.subuser === undefined).slice(0, 1);
      const credentials = Object.fromEntries(first);
      const query = createQuery(want, first[0]?.[1]);
      const made = await createUser(api, uid, query, madeBy(query)).catch((error) => {
        if (isUnsettled(error)) ctx.created(uid, { credentials });
        throw error;
      });
      if (made === "UserAlreadyExists") throw new AlreadyExists(uid, `409 ${made}`);
      if (typeof made === "string") throw refusalOf(made, want, first[0]?.[1].accessKey);
      ctx.created(uid, { credentials });
      const keys = assign(made.keys, { uid, listed: want.keys, pairs: Object.fromEntries(pairs) });
      return writeUser(api, want, { user: made, keys, subusers: [], caps: [] }, {}, ctx);
    }),

  async read(api, uid, ctx) {
    const user = await getUser(api, uid);
    if (!user) return undefined;
    return snapshotOf(uid, { ...find(uid, user, ctx), rateLimit: await readRateLimit(api, uid, ctx) }, ctx);
  },

  update: (api, uid, want, was, ctx) =>
    inTurnOf(api, uid, () => writeUser(api, want, was.raw as Found, was.outputs, ctx)),

  delete: (api, uid, ctx) =>
    inTurnOf(api, uid, async () => {
      const refused = await deleteUser(api, uid, ctx.stateInputs.purgeData === true);
      if (refused) throw await stillOwns(api, uid);
    }),
});

function createQuery(want: Inputs, first: Pair | undefined): Query {
  const caps = capsText(want.caps);
  return {
    ...profileQuery(want),
    ...(caps && { "user-caps": caps }),
    ...(first
      ? { "key-type": "s3", "access-key": first.accessKey, "secret-key": first.secretKey }
      : { "generate-key": false }),
  };
}

/** A user without a key is ours when it is named as it was sent, and has been given nothing since. */
const madeBy = (query: Query) => (user: UserInfo) =>
  query["access-key"] === undefined
    ? user.display_name === query["display-name"] && user.keys.length + user.subusers.length === 0
    : user.keys.some(
        (key) => key.access_key === query["access-key"] && key.secret_key === query["secret-key"],
      );

async function stillOwns(api: Radosgw, uid: string): Promise<Error> {
  // To see them takes another capability than to delete their owner.
  const buckets = await listBuckets(api, uid).catch(() => undefined);
  const more = buckets && buckets.length > 10 ? `, … ${buckets.length} in all` : "";
  const shown = buckets ? `: ${buckets.slice(0, 10).join(", ")}${more}` : "";
  return new ProviderError(
    "refused",
    `Ceph User "${uid}" is not deleted, because it owns buckets${shown}. Delete them, or give them to another user (ceph.BucketOwner); or set purgeData, run pulumi up, and delete the user with all its data`,
  );
}
