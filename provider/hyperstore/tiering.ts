import * as z from "zod";
import { joinId, splitId, type WriteContext } from "../resource/definition.ts";
import { AlreadyExists, ProviderError } from "../resource/errors.ts";
import { immutable, neededToCreate, secret, unmanaged, writeOnly } from "../resource/fields.ts";
import type { TieringOwner } from "./client/tiering.ts";
import type { HyperStore } from "./client.ts";

/* What the three kinds of tiering credentials have in common. */

export const bucketName = immutable(
  z.string().regex(/^[^\s/]+$/, { error: "must be the name of a bucket, without spaces and slashes" }),
);

/** Answers are plain text: spaces around a key would be lost, and "<" begins an error page. */
export const key = z.string().regex(/^[^\s<]+$/, { error: "must be a key without spaces and <" });

/** A pair of keys of which the server shows the access key alone. */
export const pair = (destination: string, section: string) => ({
  accessKey: key.describe(`Access key of the account at ${destination}. Section ${section}.`),
  secretKey: neededToCreate(unmanaged(writeOnly(secret(key))))
    .optional()
    .describe(
      `Secret key of the account at ${destination}. Required, except that an imported credential may go without as long as its access key stays: the secret key is then left as it is. The API does not read it back. Section ${section}.`,
    ),
});
interface Pair {
  accessKey: string;
  secretKey?: string | undefined;
}

export const idOf = (owner: TieringOwner): string =>
  owner === "system" ? owner : joinId("bucket", owner.bucketName);

export function bucketFrom(id: string): { bucketName: string } {
  const { bucket, bucketName } = splitId(id, "bucket", "bucketName");
  if (bucket !== "bucket")
    throw new ProviderError("invalid", `the id "${id}" is not of the form bucket/bucketName`);
  return { bucketName };
}

/** POST replaces silently what is there, so a create looks before. */
export function rejectExisting(owner: TieringOwner, shown: string | undefined): void {
  if (shown !== undefined)
    throw new AlreadyExists(idOf(owner), `${shown} is set, and a POST would replace it`);
}

/** Sets a pair. Its secret key is not read back: after a failed try nobody knows which one is set. */
export async function setPair(
  api: HyperStore,
  destination: "s3" | "spectra",
  owner: TieringOwner,
  { accessKey, secretKey }: Pair,
  ctx: WriteContext,
): Promise<void> {
  if (secretKey === undefined)
    throw new ProviderError(
      "refused",
      `secretKey is required to set access key "${accessKey}" for ${nameOf(owner)}: both go together, and the system does not tell the one that it holds`,
    );
  await ctx.step("secretKey", async () =>
    rejectUnknownBucket(owner, await api.postTieringCredential(destination, owner, { accessKey, secretKey })),
  );
}

/** Whether a pair is still to be set, as far as anybody can know. */
export const pairDiffers = (want: Pair, was: Pair, { stateInputs, unfinished }: WriteContext): boolean =>
  want.accessKey !== was.accessKey ||
  (want.secretKey !== undefined && want.secretKey !== stateInputs.secretKey) ||
  unfinished.has("secretKey");

/** 204 is a refusal here. */
export function rejectUnknownBucket(owner: TieringOwner, isSet: boolean): void {
  if (!isSet)
    throw new ProviderError(
      "refused",
      `the tiering credential was not set, for ${nameOf(owner)} does not exist (204 from POST): make the bucket first, or correct bucketName`,
    );
}

const nameOf = (owner: TieringOwner): string =>
  owner === "system" ? "the system default" : `bucket "${owner.bucketName}"`;
