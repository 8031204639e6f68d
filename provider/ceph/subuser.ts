import * as z from "zod";
import { joinId, resource, splitId } from "../resource/definition.ts";
import { AlreadyExists } from "../resource/errors.ts";
import { immutable, secret, writeOnly } from "../resource/fields.ts";
import { accessOf, accessToWire, goesWithSwift, isSameSwift, subuserFields } from "./access.ts";
import { subuserOfUser, subusersOfUser } from "./claims.ts";
import { inTurnOf } from "./client/calls.ts";
import { createSubuser, deleteSubuser, deleteSwiftKey, getUser, modifySubuser } from "./client/user.ts";
import { ownerOf } from "./owner.ts";
import { plain, subuserName, uid, uidHelp } from "./rules.ts";
import { newSecret } from "./secrets.ts";
import { ceph } from "./system.ts";

const inputs = z
  .strictObject({
    uid: immutable(uid).describe(`${uidHelp} Admin Ops, Create Subuser, \`uid\`.`),
    name: immutable(subuserName).describe(
      "Name of the subuser, without the uid. Admin Ops, Create Subuser, `subuser`.",
    ),
    ...subuserFields,
    rotate: writeOnly(plain)
      .optional()
      .describe(
        "Any text: changing it gives the Swift key that the provider chose a new secret, at once. A first text, where there was none, changes nothing.",
      ),
  })
  .superRefine(goesWithSwift);

const outputs = z.object({
  subuserId: z.string().describe("The subuser as Swift clients and a radosgw call it: `uid:name`."),
  swiftSecretKey: secret(z.string())
    .optional()
    .describe("Secret of the Swift key, where there is one. Admin Ops, Get User Info."),
});

export const Subuser = resource({
  token: "tenantry:ceph:Subuser",
  describe:
    "A subuser of a Ceph user, mainly for Swift clients, with its Swift key: for those who split ownership of a user; `ceph.User` has `subusers` of its own. Deleting it deletes all its keys, those for S3 too. Admin Ops, Create Subuser, Modify Subuser, Remove Subuser.",
  example: { uid: "research", name: "swift", access: "readwrite" },
  inputs,
  outputs,
  connect: ceph,
  id: ({ uid, name }) => joinId(uid, name),
  planned: ({ swiftSecretKey, ...outputs }, was, want) => ({
    ...outputs,
    ...(swiftSecretKey !== undefined && isSameSwift(was, want) && { swiftSecretKey }),
  }),
  claims: ({ uid, name }) => [
    { thing: subuserOfUser(uid, name), whole: true },
    { thing: subusersOfUser(uid), whole: false },
  ],

  create: (api, want, ctx) =>
    inTurnOf(api, want.uid, async () => {
      const { uid, name, swift, swiftSecretKey = newSecret() } = want;
      const subuserId = `${uid}:${name}`;
      const user = await ownerOf(api, uid, `subuser "${name}"`);
      // Creating one that is there would replace its Swift key.
      if (user.subusers.some(({ id }) => id === subuserId))
        throw new AlreadyExists(joinId(uid, name), `user "${uid}" has a subuser of that name`);
      await createSubuser(api, uid, name, {
        access: accessToWire(want.access),
        secretKey: swiftSecretKey,
      });
      ctx.created(joinId(uid, name), { subuserId, swiftSecretKey });
      if (swift) return { subuserId, swiftSecretKey };
      await deleteSwiftKey(api, uid, name);
      return { subuserId };
    }),

  async read(api, id) {
    const { uid, name } = splitId(id, "uid", "name");
    const subuserId = `${uid}:${name}`;
    const user = await getUser(api, uid);
    const subuser = user?.subusers.find((each) => each.id === subuserId);
    if (!user || !subuser) return undefined;
    const swiftSecretKey = user.swift_keys.find((each) => each.user === subuserId)?.secret_key;
    const swift = swiftSecretKey !== undefined;
    return {
      inputs: { uid, name, access: accessOf(subuser.permissions), swift, swiftSecretKey },
      outputs: { subuserId, swiftSecretKey },
    };
  },

  update: (api, id, want, was, ctx) =>
    inTurnOf(api, want.uid, async () => {
      const { uid, name } = splitId(id, "uid", "name");
      const { subuserId, swiftSecretKey: held } = was.outputs;
      const before = ctx.stateInputs.rotate;
      const isRotated = before !== undefined && before !== want.rotate;
      const chosen = held === undefined || isRotated ? newSecret() : held;
      const swiftSecretKey = want.swift ? (want.swiftSecretKey ?? chosen) : undefined;
      const secretKey = swiftSecretKey === held ? undefined : swiftSecretKey;
      if (want.access !== was.inputs.access || secretKey !== undefined)
        await modifySubuser(api, uid, name, { access: accessToWire(want.access), secretKey });
      if (!want.swift && held !== undefined) await deleteSwiftKey(api, uid, name);
      return { subuserId, swiftSecretKey };
    }),

  delete: (api, id) => {
    const { uid, name } = splitId(id, "uid", "name");
    return inTurnOf(api, uid, () => deleteSubuser(api, uid, name));
  },
});
