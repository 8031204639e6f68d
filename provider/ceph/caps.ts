import * as z from "zod";
import { immutable } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import { capChanges, capsOf, capsText } from "./capset.ts";
import { capsOfUser } from "./claims.ts";
import { inTurnOf } from "./client/calls.ts";
import { addCaps, lookAtUser, removeCaps } from "./client/user.ts";
import { ownerOf } from "./owner.ts";
import { capSet, uid, uidHelp } from "./rules.ts";
import { ceph } from "./system.ts";

const inputs = z.strictObject({
  uid: immutable(uid).describe(`${uidHelp} Admin Ops, Add A User Capability, \`uid\`.`),
  caps: capSet.describe(
    "All the admin capabilities that the user has, by their type: `read`, `write`, or `*` for both. Admin Ops, Add A User Capability, `user-caps`.",
  ),
});

export const Caps = settings({
  token: "tenantry:ceph:Caps",
  describe:
    "The admin capabilities of a Ceph user, the whole set: for those who split ownership of a user; `ceph.User` has `caps` of its own. A change adds before it removes, so that what stays is never missing. Taking `users` from the user whose keys the provider uses ends its own way back. Admin Ops, Add A User Capability, Remove A User Capability.",
  example: { uid: "research", caps: { usage: "read", buckets: "*" } },
  inputs,
  outputs: z.object({}),
  connect: ceph,
  id: ({ uid }) => uid,
  claims: ({ uid }) => [{ thing: capsOfUser(uid), whole: true }],

  contested({ caps }) {
    const text = capsText(caps);
    return text === ""
      ? undefined
      : `the user has capabilities already, ${text}, which somebody has given it: this resource manages them all`;
  },

  async read(api, uid) {
    const user = await lookAtUser(api, uid);
    return user && { inputs: { uid, caps: capsOf(user.caps) }, outputs: {} };
  },

  write: (api, uid, { caps }) =>
    inTurnOf(api, uid, async () => {
      const { add, remove } = capChanges(capsOf((await ownerOf(api, uid, "capabilities")).caps), caps);
      if (add) await addCaps(api, uid, add);
      if (remove) await removeCaps(api, uid, remove);
      return {};
    }),
});
