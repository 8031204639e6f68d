import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import { type Context, joinId, resource, splitId, type WriteContext } from "../resource/definition.ts";
import { AlreadyExists, isUnsettled, ProviderError } from "../resource/errors.ts";
import { immutable, secret, serverDefault, writeOnly } from "../resource/fields.ts";
import { done, refusal, says } from "./answers.ts";
import type { HyperStore } from "./client.ts";
import { flag, groupId, userId } from "./rules.ts";
import { hyperstore } from "./system.ts";
import type { SecurityInfo } from "./wire.ts";

const noComma = z
  .string()
  .min(1)
  .regex(/^[^,]*$/, { error: "must not contain a comma (section 14.16.3)" });

const inputs = z
  .strictObject({
    groupId: immutable(groupId).describe("Group of the user who owns the credential. Section 14.16.2."),
    userId: immutable(userId).describe("User who owns the credential. Section 14.16.2."),
    iamUser: immutable(
      writeOnly(
        z.string().regex(/^[a-zA-Z0-9_+.@-]{1,64}$/, {
          error: "must be 1 to 64 letters, digits or any of _ + . @ -",
        }),
      ),
    )
      .optional()
      .describe(
        "IAM user under the owner's account, which must exist, for whom the credential is. Section 14.16.2.",
      ),
    active: z.boolean().default(true).describe("Whether the credential can be used. Section 14.17."),
    accessKey: immutable(serverDefault(noComma))
      .optional()
      .describe(
        "Access key of a pair that exists elsewhere; together with `secretKey`. Without it the provider makes a pair. Section 14.16.2.",
      ),
    secretKey: immutable(serverDefault(secret(noComma)))
      .optional()
      .describe("Secret key of a pair that exists elsewhere; together with `accessKey`. Section 14.16.2."),
  })
  .superRefine(({ accessKey, secretKey, iamUser }, context) => {
    if ((accessKey === undefined) !== (secretKey === undefined))
      context.addIssue({
        code: "custom",
        path: [accessKey === undefined ? "accessKey" : "secretKey"],
        message: "accessKey and secretKey go together: give both, or neither for a new pair",
      });
    if (iamUser !== undefined && accessKey !== undefined && !/^[a-zA-Z0-9_]{16,128}$/.test(accessKey))
      context.addIssue({
        code: "custom",
        path: ["accessKey"],
        message: "of an IAM user must be 16 to 128 letters, digits or underscores",
      });
  });
type Inputs = z.output<typeof inputs>;

const outputs = z.object({
  accessKey: z.string().describe("The access key. Section 14.27.4."),
  secretKey: secret(z.string()).describe("The secret key. Section 14.27.4."),
  createDate: z
    .number()
    .optional()
    .describe("When the server made the credential, in milliseconds since 1970 UTC. Section 14.27.4."),
});
type Outputs = z.output<typeof outputs>;

export const Credential = resource({
  token: "tenantry:hyperstore:Credential",
  describe:
    "An S3 credential of a HyperStore user: a pair made by the provider, or a given one. A replacement makes the new pair before it deletes the old one; where the user's limit of credentials forbids that, set the resource option `deleteBeforeReplace`. Admin API 8.2, sections 14.2, 14.7, 14.16 and 14.17.",
  example: { groupId: "QA", userId: "John" },
  inputs,
  outputs,
  connect: hyperstore,
  id: ({ groupId, userId, accessKey }) => joinId(groupId, userId, accessKey),
  unique: ({ accessKey }) => joinId(accessKey),

  async create(api, want, ctx) {
    const { accessKey, secretKey } = want;
    const pair =
      accessKey !== undefined && secretKey !== undefined
        ? await takeGiven(api, want, { accessKey, secretKey })
        : await makePair(api, want, ctx);
    ctx.created(joinId(want.groupId, want.userId, pair.accessKey), pair);
    const made = await keyOf(api, want, pair.accessKey);
    // A new one is active; one that an earlier try left behind may be either.
    if (flag(made?.active ?? true) !== want.active)
      await api.setCredentialStatus(pair.accessKey, want.active);
    return made ? outputsOf(made, pair) : pair;
  },

  async read(api, id, ctx) {
    const owner = splitId(id, "groupId", "userId", "accessKey");
    const key = await keyOf(ctx.refreshing ? api.listed : api, owner, owner.accessKey);
    if (!key) return undefined;
    const active = flag(key.active) || (await onlyItsUserIsInactive(api, owner, ctx));
    const { groupId, userId, accessKey } = owner;
    const { iamUser } = ctx.stateInputs;
    if (key.secretKey === undefined && ctx.state.secretKey === undefined)
      throw new ProviderError(
        "refused",
        `the secret key of "${id}" cannot be read with read-only keys (section 14.6.6): import it with Admin credentials`,
      );
    const decided = outputsOf(key, ctx.state);
    return {
      inputs: {
        groupId,
        userId,
        accessKey,
        secretKey: decided.secretKey,
        active,
        ...(iamUser ? { iamUser: String(iamUser) } : {}),
      },
      outputs: decided,
    };
  },

  async update(api, id, want, was, ctx) {
    const { accessKey } = splitId(id, "groupId", "userId", "accessKey");
    if (want.iamUser !== undefined && want.iamUser !== ctx.stateInputs.iamUser)
      await refuseRootKey(api, want, accessKey);
    if (want.active !== was.inputs.active) await api.setCredentialStatus(accessKey, want.active);
    return was.outputs;
  },

  async delete(api, id) {
    const owner = splitId(id, "groupId", "userId", "accessKey");
    // DELETE names no owner: a key that meanwhile belongs to someone else must stay theirs.
    if (await keyOf(api, owner, owner.accessKey)) await api.deleteCredential(owner.accessKey);
  },
});

type Pair = { accessKey: string; secretKey: string };
type Owner = { groupId: string; userId: string };

/** The owner's list rather than GET /user/credentials, which does not say whose key it is (section 14.6.3). */
async function keyOf(
  api: Pick<HyperStore, "listCredentials">,
  owner: Owner,
  accessKey: string,
): Promise<SecurityInfo | undefined> {
  return (await api.listCredentials(owner)).find((key) => key.accessKey === accessKey);
}

function outputsOf(key: SecurityInfo, known: Partial<Outputs>): Outputs {
  return {
    accessKey: key.accessKey,
    secretKey: key.secretKey ?? known.secretKey ?? "",
    ...(key.createDate == null ? {} : { createDate: Number(key.createDate) }),
  };
}

async function takeGiven(api: HyperStore, want: Inputs, pair: Pair): Promise<Pair> {
  if (await posted(api, want, pair)) return pair;
  if (!(await keyOf(api, want, pair.accessKey)))
    throw new ProviderError(
      "refused",
      `access key "${pair.accessKey}" belongs to another user: it cannot be given to "${want.groupId}/${want.userId}"`,
    );
  throw new AlreadyExists(joinId(want.groupId, want.userId, pair.accessKey), "409 Access Key already exists");
}

/**
 * A pair of the provider's choice. The access key follows from the URN, so that a create repeated after a crash finds
 * the key that the first one left, under this very owner, and takes it instead of making a twin. A replacement
 * looks for a free one, since the key it replaces is still in use.
 */
async function makePair(api: HyperStore, want: Inputs, ctx: WriteContext<Outputs>): Promise<Pair> {
  for (let count = 0; ; count++) {
    const pair = {
      accessKey: derivedKey(want, ctx, count),
      secretKey: randomBytes(30).toString("base64url"),
    };
    const isNew = await posted(api, want, pair).catch((error) => {
      // It may exist: only with its id in the state is it looked for.
      if (isUnsettled(error)) ctx.created(joinId(want.groupId, want.userId, pair.accessKey), pair);
      throw error;
    });
    if (isNew) return pair;
    const existing = ctx.replaces !== undefined ? undefined : await keyOf(api, want, pair.accessKey);
    if (existing?.secretKey && (ctx.adopts || isLeftOver(existing)))
      return { accessKey: pair.accessKey, secretKey: existing.secretKey };
    if (existing)
      ctx.log(
        `access key ${pair.accessKey} is taken for the one to be replaced, so another is made; should no stack hold it, because a run was killed, delete it`,
        "warn",
      );
  }
}

const hour = 3600_000;
/**
 * `up --replace` and `taint` call create as if there was nothing yet, so only the age tells a key that is in use
 * from one that a killed run has just left. With TENANTRY_ADOPT=1 the user says which it is.
 */
const isLeftOver = ({ createDate }: SecurityInfo) =>
  createDate == null || Date.now() - Number(createDate) < hour;

function derivedKey({ groupId, userId, iamUser }: Inputs, { urn }: Context, count: number): string {
  if (urn === undefined) return randomBytes(10).toString("hex");
  const seed = JSON.stringify([urn, groupId, userId, iamUser ?? "", count]);
  return createHash("sha256").update(seed).digest("hex").slice(0, 20);
}

/** Whether the pair was accepted; false when the access key exists already. */
async function posted(api: HyperStore, { groupId, userId, iamUser }: Inputs, pair: Pair): Promise<boolean> {
  const owner = { groupId, userId };
  const response = await api.postCredential({ ...owner, ...pair, iamUser });
  if (says(response, 409, /./)) return false;
  if (says(response, 403, /maximum number/i)) {
    const keys = (await api.listCredentials(owner)).map(({ accessKey }) => accessKey);
    throw new ProviderError(
      "refused",
      `user "${groupId}/${userId}" has as many credentials as the system allows (${keys.join(", ")}): delete one, or set deleteBeforeReplace if this replaces one. ${refusal(response).message}`,
    );
  }
  return done(response);
}

/** The keys of an inactive user read as inactive (section 14.26.3), which is no drift of theirs. */
async function onlyItsUserIsInactive(api: HyperStore, owner: Owner, ctx: Context): Promise<boolean> {
  if (ctx.stateInputs.active !== true) return false;
  const { groupId, userId } = owner;
  const user = await (ctx.refreshing ? api.listed : api).getUser({ groupId, userId });
  return user !== undefined && !flag(user.active ?? "true");
}

/** An imported credential does not say for whom it is; a program may, if it can be true. */
async function refuseRootKey(api: HyperStore, want: Inputs, accessKey: string): Promise<void> {
  const root = await api.listCredentials(want, true);
  if (root.some((key) => key.accessKey === accessKey))
    throw new ProviderError(
      "refused",
      `access key "${accessKey}" belongs to the account root, not to IAM user "${want.iamUser}"`,
    );
}
