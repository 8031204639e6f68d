import * as z from "zod";
import {
  type Context,
  joinId,
  resource,
  type Snapshot,
  splitId,
  type WriteContext,
} from "../resource/definition.ts";
import { AlreadyExists, ProviderError } from "../resource/errors.ts";
import { secret, unmanaged, upheld, writeOnly } from "../resource/fields.ts";
import { until } from "../resource/wait.ts";
import { done, found, says } from "./answers.ts";
import type { HyperStore } from "./client.ts";
import { password, setPassword } from "./password.ts";
import { systemAdminId } from "./rules.ts";
import { hyperstore } from "./system.ts";
import { purgeBuckets, refuseOwner } from "./userdata.ts";
import { canonicalUserId, profileFields, readProfile, sameProfile, sent } from "./userprofile.ts";
import type { UserInfo, UserKey } from "./wire.ts";

const inputs = z
  .strictObject({
    ...profileFields,
    initialCredential: writeOnly(z.enum(["keep", "remove"]))
      .default("keep")
      .describe(
        "Some systems make a first S3 credential together with the user. `keep` gives it out as `initialAccessKey` and `initialSecretKey`, `remove` deletes it. Counts at creation only.",
      ),
    password: unmanaged(writeOnly(secret(password)))
      .optional()
      .describe(
        "Password for the CMC: 9 to 64 characters, among them a lower-case letter, an upper-case letter, a digit and a special character; a system may ask for more. Absent means that it is left as it is. Section 14.23.",
      ),
    verifyPassword: upheld(z.boolean())
      .default(false)
      .describe(
        "Whether a refresh verifies that the user still has `password`; an update then sets it again. Off by default: a system may count a failed verification as a failed login, and lock the user out. Sections 14.12 and 14.9.",
      ),
    unlock: upheld(z.boolean())
      .default(false)
      .describe(
        "Whether a lock-out from the CMC after too many wrong passwords is drift, which an update ends. Otherwise it ends by itself, after 30 minutes by default. Sections 14.9 and 14.25.",
      ),
    purgeData: writeOnly(z.boolean())
      .default(false)
      .describe(
        "Whether deleting the user may destroy the buckets it owns with all that is in them. It counts once it is in the state: run `pulumi up` before the deletion. Where the system does not delete users with buckets (`common.user.allowDeleteWithBuckets`), they are emptied, and must be deleted through S3. Sections 14.1.3 and 5.6.",
      ),
  })
  .superRefine(({ groupId, userId, userType, password, verifyPassword }, context) => {
    if ((groupId === "0") !== (userType === "SystemAdmin"))
      context.addIssue({
        code: "custom",
        path: ["userType"],
        message: 'must be "SystemAdmin" in group "0", and only there',
      });
    if (userType === "SystemAdmin" && !systemAdminId.test(userId))
      context.addIssue({
        code: "custom",
        path: ["userId"],
        message:
          "of a system administrator must be at most 26 lower-case letters, digits and underscores, a letter first and no underscore last",
      });
    if (userType !== "SystemAdmin" && userId === "admin")
      context.addIssue({ code: "custom", path: ["userId"], message: '"admin" is reserved by the system' });
    if (verifyPassword && password === undefined)
      context.addIssue({ code: "custom", path: ["verifyPassword"], message: "needs the password to verify" });
  });
type Inputs = z.output<typeof inputs>;

const outputs = z.object({
  canonicalUserId,
  initialAccessKey: z
    .string()
    .optional()
    .describe("Access key of the credential that the system made together with the user."),
  initialSecretKey: secret(z.string())
    .optional()
    .describe("Secret key of the credential that the system made together with the user."),
  locked: z
    .boolean()
    .optional()
    .describe("Whether the user is locked out of the CMC. Only where `unlock` is true. Section 14.9."),
});
type Outputs = z.output<typeof outputs>;

export const User = resource({
  token: "tenantry:hyperstore:User",
  describe:
    "A HyperStore user: the account root that owns buckets and credentials. Deletion is asynchronous on the server and is waited for. Admin API 8.2, chapter 14.",
  example: { groupId: "QA", userId: "John", fullName: "John Thompson" },
  inputs,
  outputs,
  connect: hyperstore,
  id: ({ groupId, userId }) => joinId(groupId, userId),
  steps: ["password", "fileEndpoints"],

  async create(api, want, ctx) {
    const id = joinId(want.groupId, want.userId);
    // Both steps begin with the PUT: should its answer be lost, they are still to be done.
    const make = () =>
      ctx.step("initialCredential", async () => {
        const response = await api.putUser(sent(want));
        if (says(response, 409, /./)) throw new AlreadyExists(id, "409 from PUT /user");
        const canonicalUserId = String(found<UserInfo>(response)?.canonicalUserId ?? "");
        ctx.created(id, { canonicalUserId });
        return { canonicalUserId, ...(await settleInitialCredential(api, want)) };
      });
    const { password } = want;
    if (password === undefined) return { ...(await make()), ...lockState(want) };
    return ctx.step("password", async () => {
      const made = await make();
      await setPassword(api, want, password);
      return { ...made, ...lockState(want) };
    });
  },

  async read(api, id, ctx) {
    const key = keyOf(id);
    const user = await (ctx.refreshing ? api.listed : api).getUser(key);
    if (!user) return undefined;
    const profile = readProfile(user);
    const canonicalUserId = String(user.canonicalUserId);
    const { canonicalUserId: before, initialAccessKey, initialSecretKey } = ctx.state;
    if (before && before !== canonicalUserId)
      ctx.log(
        `user "${id}" was deleted and created anew outside of Pulumi (canonical id ${before}, now ${canonicalUserId}): its buckets and credentials went with the first one`,
        "warn",
      );
    const { login, locked } = await loginOf(api, profile, ctx.stateInputs);
    return {
      inputs: { ...profile, ...login },
      outputs: { canonicalUserId, initialAccessKey, initialSecretKey, locked },
      raw: user,
    };
  },

  async update(api, _id, want, was, ctx) {
    const post = () => api.postUser({ ...(was.raw as UserInfo), ...sent(want) });
    const login = () => settleLogin(api, want, was, ctx);
    const endpointsAreOpen = isOpen("fileEndpoints", want, ctx);
    if (!endpointsAreOpen && !sameProfile(want, was.inputs)) await post();
    const initial = ctx.unfinished.has("initialCredential")
      ? await ctx.step("initialCredential", () => settleInitialCredential(api, want))
      : {};
    if (!endpointsAreOpen) await login();
    // Last: of what is not read back only the state knows, and it keeps its old inputs should anything afterwards fail.
    else
      await ctx.step("fileEndpoints", async () => {
        await post();
        await login();
      });
    return { ...was.outputs, ...initial, ...lockState(want) };
  },

  async delete(api, id, ctx) {
    const key = keyOf(id);
    if (key.groupId === "0" && key.userId === "admin")
      throw new ProviderError(
        "refused",
        "the default system administrator cannot be deleted (section 14.1.3)",
      );
    const purges = ctx.stateInputs.purgeData === true;
    if (!purges) await refuseOwner(api, key);
    const response = await api.deleteUser(key);
    const isGone = says(response, 400, noUser);
    if (purges && !isGone && [400, 409].includes(response.status)) await purgeBuckets(api, key, response);
    done(response, noUser);
    await until(ctx, `user ${id} to be deleted`, async () => !(await isDeleting(api, key)));
  },
});

const keyOf = (id: string): UserKey => splitId(id, "groupId", "userId");

const noUser = /User does not exist/i;

/** Not read back: only the state knows what is set, and after a failed try nobody does. */
const isOpen = (name: "fileEndpoints" | "password", want: Inputs, ctx: Context): boolean =>
  want[name] !== ctx.stateInputs[name] || ctx.unfinished.has(name);

/** Once a create or an update is done. */
const lockState = ({ unlock }: Inputs): Pick<Outputs, "locked"> => ({ locked: unlock ? false : undefined });

/** How the program's wishes on the login stand: it costs requests, so only what the state says is asked for. */
async function loginOf(
  api: HyperStore,
  user: Pick<Inputs, "groupId" | "userId" | "active" | "ldapEnabled">,
  stateInputs: Partial<Inputs>,
) {
  const { unlock = false, verifyPassword = false, password } = stateInputs;
  if (!unlock && !verifyPassword) return { login: { password, unlock, verifyPassword } };
  const key = { groupId: user.groupId, userId: user.userId };
  const locked = await api.isLocked(key);
  // The password of a locked user is invalid whatever it is (section 14.12.3), and others cannot log in with it either.
  const tells = password !== undefined && !locked && user.active && !user.ldapEnabled;
  const holds = !verifyPassword || !tells || (await api.verifyPassword(key, password)) === "valid";
  return {
    login: { password, unlock: unlock && !locked, verifyPassword: verifyPassword && holds },
    locked: unlock ? locked : undefined,
  };
}

async function settleLogin(
  api: HyperStore,
  want: Inputs,
  { inputs, outputs }: Snapshot<Inputs, Outputs>,
  ctx: WriteContext<Outputs>,
): Promise<void> {
  const key = { groupId: want.groupId, userId: want.userId };
  if (want.unlock && (outputs.locked ?? (await api.isLocked(key)))) await api.unlockUser(key);
  const failed = want.verifyPassword && !inputs.verifyPassword;
  if (!failed && !isOpen("password", want, ctx)) return;
  // Nothing comes after it, for the state would not know that it was done.
  await ctx.step("password", async () => {
    if (want.password !== undefined) await setPassword(api, key, want.password);
  });
}

/**
 * Finds the credential that PUT may have made by itself (seen at clients, not in the document) and keeps or removes
 * it. With several there is no telling which one it is, so none is touched.
 */
async function settleInitialCredential(api: HyperStore, want: Inputs): Promise<Partial<Outputs>> {
  const [initial, ...others] = await api.listCredentials(want, true);
  if (!initial) return {};
  if (want.initialCredential === "keep")
    return others.length > 0
      ? {}
      : { initialAccessKey: initial.accessKey, initialSecretKey: initial.secretKey };
  if (others.length > 0)
    throw new ProviderError(
      "refused",
      `the user has ${others.length + 1} credentials by now, and which of them the system made is not known: remove it by hand and set initialCredential to "keep"`,
    );
  await api.deleteCredential(initial.accessKey);
  return {};
}

/** GET /user hides a user from the first moment of its deletion; only the list tells when it is over (section 14.1.3). */
async function isDeleting(api: HyperStore, { groupId, userId }: UserKey): Promise<boolean> {
  const users = await api.listUsers(groupId, { userStatus: "deleting", prefix: userId });
  return users.some((user) => user.userId === userId);
}
