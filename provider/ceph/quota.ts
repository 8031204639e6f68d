import * as z from "zod";
import { joinId, splitId } from "../resource/definition.ts";
import { ProviderError } from "../resource/errors.ts";
import { immutable } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import { quotaOfUser } from "./claims.ts";
import { inTurnOf } from "./client/calls.ts";
import { putQuota } from "./client/quota.ts";
import { lookAtUser } from "./client/user.ts";
import type { KeylessUserInfo } from "./client/wire.ts";
import { quotaFields, quotaOf, quotaToWire } from "./limits.ts";
import { ownerOf } from "./owner.ts";
import { uid, uidHelp } from "./rules.ts";
import { ceph } from "./system.ts";

const scope = z.enum(["user", "bucket"]);
type Scope = z.output<typeof scope>;

const inputs = z.strictObject({
  uid: immutable(uid).describe(`${uidHelp} Admin Ops, Quotas, \`uid\`.`),
  scope: immutable(scope).describe(
    "`user` for all that the user owns together, `bucket` for each of the user's buckets that has no quota of its own. Admin Ops, Quotas, `quota-type`.",
  ),
  ...quotaFields,
});

export const Quota = settings({
  token: "tenantry:ceph:Quota",
  describe:
    "A quota of a Ceph user: for those who split ownership of a user; `ceph.User` has `userQuota` and `bucketQuota` of its own. The cluster enforces quotas with some delay, for it keeps usage in a cache. Admin Ops, Quotas.",
  example: { uid: "research", scope: "user", maxSizeBytes: 107_374_182_400 },
  inputs,
  outputs: z.object({}),
  connect: ceph,
  id: ({ uid, scope }) => joinId(uid, scope),
  claims: ({ uid, scope }) => [{ thing: quotaOfUser(uid, scope), whole: true }],

  async read(api, id) {
    const { uid, scope } = partsOf(id);
    const user = await lookAtUser(api, uid);
    return user && { inputs: { uid, scope, ...quotaOf(quotaIn(user, scope)) }, outputs: {} };
  },

  write: (api, id, want) =>
    inTurnOf(api, want.uid, async () => {
      const { uid, scope } = partsOf(id);
      const now = quotaIn(await ownerOf(api, uid, "a quota"), scope);
      await putQuota(api, uid, scope, quotaToWire(want, now));
      return {};
    }),
});

function partsOf(id: string): { uid: string; scope: Scope } {
  const { uid, scope: text } = splitId(id, "uid", "scope");
  const { data } = scope.safeParse(text);
  if (data) return { uid, scope: data };
  throw new ProviderError("invalid", `the id "${id}" must end with /user or /bucket, as in "${uid}/user"`);
}

const quotaIn = (user: KeylessUserInfo, scope: Scope) =>
  scope === "user" ? user.user_quota : user.bucket_quota;
