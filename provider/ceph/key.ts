import * as z from "zod";
import { type Context, joinId, resource, splitId, type WriteContext } from "../resource/definition.ts";
import { AlreadyExists, isUnsettled, ProviderError } from "../resource/errors.ts";
import { immutable, secret, serverDefault, writeOnly } from "../resource/fields.ts";
import { keyOfUser, keysOfUser } from "./claims.ts";
import { inTurnOf, type Radosgw } from "./client/calls.ts";
import { deleteKey, getUser, putKey, uidOfKey } from "./client/user.ts";
import type { UserInfo } from "./client/wire.ts";
import { ownerOf, rejectMissingSubuser, subuserOf } from "./owner.ts";
import { accessKey, plain, secretKey, subuserName, uid, uidHelp } from "./rules.ts";
import { base32, newSecret } from "./secrets.ts";
import { ceph } from "./system.ts";

const inputs = z
  .strictObject({
    uid: immutable(uid).describe(`${uidHelp} Admin Ops, Create Key, \`uid\`.`),
    subuser: immutable(subuserName)
      .optional()
      .describe(
        "Name of the subuser for whom the key is, without the uid; it must exist. Admin Ops, Create Key, `subuser`.",
      ),
    accessKey: immutable(serverDefault(accessKey))
      .optional()
      .describe(
        "Access key of a pair that the program gives, up to 128 characters; together with `secretKey`. Without it the provider makes a pair. Admin Ops, Create Key, `access-key`.",
      ),
    secretKey: serverDefault(secret(secretKey))
      .optional()
      .describe(
        "Secret key of a pair that the program gives; together with `accessKey`. A change is made in place. Admin Ops, Create Key, `secret-key`.",
      ),
    rotate: immutable(writeOnly(plain))
      .optional()
      .describe(
        "Any text: changing it makes a new pair, and deletes the old one once all that depends on it has the new one. A first text, where there was none, changes nothing.",
      ),
  })
  .superRefine(({ accessKey, secretKey, rotate }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if ((accessKey === undefined) !== (secretKey === undefined))
      issue(
        accessKey === undefined ? "accessKey" : "secretKey",
        "accessKey and secretKey go together: give both, or neither for a new pair",
      );
    if (rotate !== undefined && accessKey !== undefined)
      issue("rotate", "cannot go with accessKey: to rotate a given pair, give another one");
  });
type Inputs = z.output<typeof inputs>;

const outputs = z.object({
  accessKey: z.string().describe("The access key. Admin Ops, Get User Info."),
  secretKey: secret(z.string()).describe("The secret key. Admin Ops, Get User Info."),
});
type Pair = z.output<typeof outputs>;

export const Key = resource({
  token: "tenantry:ceph:Key",
  describe:
    "An S3 key of a Ceph user, or of a subuser: a pair made by the provider, or a given one. For those who split ownership of a user; `ceph.User` has `keys` of its own. A replacement makes the new pair before it deletes the old one. The Swift key of a subuser belongs to `ceph.Subuser`. Admin Ops, Create Key, Remove Key.",
  example: { uid: "research" },
  inputs,
  outputs,
  connect: ceph,
  id: ({ uid, accessKey }) => joinId(uid, accessKey),
  // An access key is one user's in the whole cluster.
  unique: ({ accessKey }) => joinId(accessKey),
  claims: ({ uid, accessKey }) => [
    { thing: keysOfUser(uid), whole: false },
    ...(accessKey === undefined ? [] : [{ thing: keyOfUser(uid, accessKey), whole: true }]),
  ],

  create: (api, want, ctx) =>
    inTurnOf(api, want.uid, async () => {
      const user = await ownerOf(api, want.uid, "a key");
      if (want.subuser !== undefined) rejectMissingSubuser(user, want.uid, want.subuser, "its key");
      const { accessKey, secretKey } = want;
      const pair =
        accessKey !== undefined && secretKey !== undefined
          ? await takeGiven(api, want, user, { accessKey, secretKey })
          : await makePair(api, want, user, ctx);
      ctx.created(joinId(want.uid, pair.accessKey), pair);
      return pair;
    }),

  async read(api, id) {
    const { uid, accessKey } = splitId(id, "uid", "accessKey");
    const key = keyIn(await getUser(api, uid), accessKey);
    if (!key) return undefined;
    const pair = { accessKey, secretKey: key.secret_key };
    return { inputs: { uid, subuser: subuserOf(key), ...pair }, outputs: pair };
  },

  update: (api, _id, want, was) =>
    inTurnOf(api, want.uid, async () => {
      const pair = { ...was.outputs, secretKey: want.secretKey ?? was.outputs.secretKey };
      if (pair.secretKey === was.outputs.secretKey) return pair;
      if (!(await putKey(api, want.uid, { ...pair, subuser: want.subuser })))
        throw await belongsToAnother(api, want.uid, pair);
      return pair;
    }),

  delete: (api, id) => {
    const { uid, accessKey } = splitId(id, "uid", "accessKey");
    return inTurnOf(api, uid, () => deleteKey(api, uid, accessKey));
  },
});

const keyIn = (user: UserInfo | undefined, accessKey: string) =>
  user?.keys.find((key) => key.access_key === accessKey);

/** Putting a key that this very user has would silently give it another secret (measured). */
async function takeGiven(api: Radosgw, { uid, subuser }: Inputs, user: UserInfo, pair: Pair): Promise<Pair> {
  if (keyIn(user, pair.accessKey))
    throw new AlreadyExists(joinId(uid, pair.accessKey), `user "${uid}" has that access key`);
  if (!(await putKey(api, uid, { ...pair, subuser }))) throw await belongsToAnother(api, uid, pair);
  return pair;
}

/**
 * A pair of the provider's choice. The access key follows from the URN, from `rotate` and from the id that is to be
 * replaced, so that a create repeated after a crash finds the key that the first one left, under this very user, and
 * takes it instead of making a twin; and so that it is never one that was this resource's before, which is still in use
 * or still to be deleted.
 */
async function makePair(api: Radosgw, want: Inputs, user: UserInfo, ctx: WriteContext<Pair>): Promise<Pair> {
  const { uid, subuser } = want;
  for (let count = 0; ; count++) {
    const accessKey = derivedKey(want, ctx, count);
    const id = joinId(uid, accessKey);
    const there = keyIn(user, accessKey);
    if (there && subuserOf(there) === subuser) return { accessKey, secretKey: there.secret_key };
    const pair = { accessKey, secretKey: newSecret() };
    const isNew = await putKey(api, uid, { ...pair, subuser }).catch((error) => {
      // It may exist: only with its id in the state is it looked for.
      if (isUnsettled(error)) ctx.created(id, pair);
      throw error;
    });
    if (isNew) return pair;
  }
}

/** Without the name or the sign that ceph.User puts into those that it chooses. */
function derivedKey(want: Inputs, { urn = newSecret(), replaces }: Context, count: number): string {
  const { uid, subuser = "", rotate = "" } = want;
  // Where it is not told which one is replaced, only one that there never was is surely another.
  const before = replaces === "" ? newSecret() : (replaces ?? "");
  return base32(20, "Key", urn, uid, subuser, rotate, before, String(count));
}

async function belongsToAnother(api: Radosgw, uid: string, { accessKey }: Pair): Promise<Error> {
  const owner = await uidOfKey(api, accessKey).catch(() => undefined);
  const whose = owner === undefined ? "another user" : `user "${owner}"`;
  return new ProviderError(
    "refused",
    `access key "${accessKey}" belongs to ${whose} and stays theirs (409 KeyExists): give user "${uid}" another pair`,
  );
}
