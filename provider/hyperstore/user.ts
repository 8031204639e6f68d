import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { joinId, resource, splitId } from "../resource/definition.ts";
import { AlreadyExists, ProviderError } from "../resource/errors.ts";
import { immutable, secret, text, writeOnly } from "../resource/fields.ts";
import { until } from "../resource/wait.ts";
import { found, says } from "./answers.ts";
import type { HyperStore } from "./client.ts";
import { flag, groupId, plainText, systemAdminId, userId } from "./rules.ts";
import { hyperstore } from "./system.ts";
import type { UserInfo, UserKey } from "./wire.ts";

const profile = (meaning: string, rule: z.ZodType<string> = z.string()) =>
  text(rule).describe(`${meaning} Section 14.26.3.`);

const inputs = z
  .strictObject({
    groupId: immutable(groupId).describe(
      "Group that the user belongs to; `0` for system administrators. Section 14.26.3.",
    ),
    userId: immutable(userId).describe(
      "Id of the user, unique in the group: letters, digits, dashes, underscores, dots and @; for a system administrator at most 26 lower-case letters, digits and underscores, a letter first and no underscore last. Section 14.26.3.",
    ),
    userType: z
      .enum(["User", "GroupAdmin", "SystemAdmin"])
      .default("User")
      .describe(
        "`User` and `GroupAdmin` change into each other in place; `SystemAdmin` goes with group `0`. Section 14.26.3.",
      ),
    active: z
      .boolean()
      .default(true)
      .describe(
        "Whether the user is active. The data of an inactive one stay, its credentials are deactivated. Section 14.26.3.",
      ),
    fullName: profile("Full name; the server's limit is 64 characters unless configured otherwise."),
    emailAddr: profile("E-mail address.", plainText.pipe(z.email({ error: "must be an e-mail address" }))),
    address1: profile("Street address, line 1.", plainText),
    address2: profile("Street address, line 2.", plainText),
    city: profile("City."),
    state: profile("State."),
    zip: profile("Postal code.", plainText),
    country: profile("Country."),
    phone: profile("Phone number.", plainText),
    website: profile("URL of the user's website.", plainText),
    ldapEnabled: z
      .boolean()
      .default(false)
      .describe("Whether the CMC authenticates the user by LDAP. Section 14.26.3."),
    fileEndpoints: writeOnly(
      profile(
        "File Service pools that the user may publish shares in, separated by commas. The API does not read it back.",
      ),
    ),
    initialCredential: writeOnly(z.enum(["keep", "remove"]))
      .default("keep")
      .describe(
        "Some systems make a first S3 credential together with the user. `keep` gives it out as `initialAccessKey` and `initialSecretKey`, `remove` deletes it. Counts at creation only.",
      ),
  })
  .superRefine(({ groupId, userId, userType }, context) => {
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
  });
type Inputs = z.output<typeof inputs>;

const outputs = z.object({
  canonicalUserId: z
    .string()
    .describe(
      "The system's own id of the user. A user deleted and created again gets another one. Section 14.26.3.",
    ),
  initialAccessKey: z
    .string()
    .optional()
    .describe("Access key of the credential that the system made together with the user."),
  initialSecretKey: secret(z.string())
    .optional()
    .describe("Secret key of the credential that the system made together with the user."),
});
type Outputs = z.output<typeof outputs>;

/** What GET answers of a user. */
type Profile = Omit<Inputs, "fileEndpoints" | "initialCredential">;
const { fileEndpoints: _neverReadBack, initialCredential: _atCreation, ...readBack } = inputs.shape;
export const userProfile = z.object({ ...readBack, canonicalUserId: outputs.shape.canonicalUserId });

export const User = resource({
  token: "tenantry:hyperstore:User",
  describe:
    "A HyperStore user: the account root that owns buckets and credentials. Deletion is asynchronous on the server and is waited for. Admin API 8.2, chapter 14.",
  example: { groupId: "QA", userId: "John", fullName: "John Thompson" },
  inputs,
  outputs,
  connect: hyperstore,
  id: ({ groupId, userId }) => joinId(groupId, userId),

  async create(api, want, ctx) {
    const id = joinId(want.groupId, want.userId);
    // Begins with the PUT: should its answer be lost, the next run still has to look for the credential.
    return ctx.step("initialCredential", async () => {
      const response = await api.putUser(sent(want));
      if (says(response, 409, /./)) throw new AlreadyExists(id, "409 from PUT /user");
      const canonicalUserId = String(found<UserInfo>(response)?.canonicalUserId ?? "");
      ctx.created(id, { canonicalUserId });
      return { canonicalUserId, ...(await settleInitialCredential(api, want)) };
    });
  },

  async read(api, id, ctx) {
    const key = keyOf(id);
    const user = await (ctx.refreshing ? api.listed : api).getUser(key);
    if (!user) return undefined;
    const canonicalUserId = String(user.canonicalUserId);
    const { canonicalUserId: before, initialAccessKey, initialSecretKey } = ctx.state;
    if (before && before !== canonicalUserId)
      ctx.log(
        `user "${id}" was deleted and created anew outside of Pulumi (canonical id ${before}, now ${canonicalUserId}): its buckets and credentials went with the first one`,
        "warn",
      );
    return {
      inputs: inputsOf(user),
      outputs: { canonicalUserId, initialAccessKey, initialSecretKey },
      raw: user,
    };
  },

  async update(api, _id, want, was, ctx) {
    const post = () => api.postUser({ ...(was.raw as UserInfo), ...sent(want) });
    // Not read back: only the state knows what is set, and after a failed try nobody does.
    if (want.fileEndpoints !== ctx.stateInputs.fileEndpoints || ctx.unfinished.has("fileEndpoints"))
      await ctx.step("fileEndpoints", post);
    else if (!isDeepStrictEqual(profileOf(want), profileOf(was.inputs))) await post();
    const initial = ctx.unfinished.has("initialCredential")
      ? await ctx.step("initialCredential", () => settleInitialCredential(api, want))
      : {};
    return { ...was.outputs, ...initial };
  },

  async delete(api, id, ctx) {
    const key = keyOf(id);
    if (key.groupId === "0" && key.userId === "admin")
      throw new ProviderError(
        "refused",
        "the default system administrator cannot be deleted (section 14.1.3)",
      );
    await api.deleteUser(key);
    await until(ctx, `user ${id} to be deleted`, async () => !(await isDeleting(api, key)));
  },
});

const keyOf = (id: string): UserKey => splitId(id, "groupId", "userId");

const texts = [
  "fullName",
  "emailAddr",
  "address1",
  "address2",
  "city",
  "state",
  "zip",
  "country",
  "phone",
  "website",
] as const;

const sent = (want: Inputs): UserInfo => ({
  groupId: want.groupId,
  userId: want.userId,
  userType: want.userType,
  active: String(want.active),
  ldapEnabled: want.ldapEnabled,
  ...Object.fromEntries(texts.map((name) => [name, want[name] ?? ""])),
  // Mandatory although it may be empty (section 14.26.3).
  fileEndpoints: want.fileEndpoints ?? "",
});

const inputsOf = (user: UserInfo): Profile => ({
  groupId: user.groupId,
  userId: user.userId,
  userType: user.userType as Inputs["userType"],
  active: flag(user.active ?? "true"),
  ldapEnabled: user.ldapEnabled === true,
  ...Object.fromEntries(texts.map((name) => [name, user[name] || undefined])),
});

export const readUser = (user: UserInfo): z.output<typeof userProfile> => ({
  ...inputsOf(user),
  canonicalUserId: String(user.canonicalUserId),
});

const profileOf = ({ initialCredential: _, fileEndpoints: __, ...profile }: Inputs): Profile => profile;

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
