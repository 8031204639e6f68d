import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { resource } from "../resource/definition.ts";
import { secret } from "../resource/fields.ts";
import type { HyperStore } from "./client.ts";
import { hyperstore } from "./system.ts";
import { bucketFrom, bucketName, idOf, key, rejectExisting, rejectUnknownBucket } from "./tiering.ts";

const inputs = z.strictObject({
  bucketName: bucketName.describe(
    "HyperStore bucket whose objects are tiered with this credential; it must exist. Section 12.9.2.",
  ),
  accountName: key
    .regex(/^[^,]*$/, { error: "must not contain a comma, which ends it in the system's answers" })
    .describe("Name of the Azure account, without commas. Section 12.9.2."),
  accountKey: secret(key).describe(
    "Key of the Azure account. The API reads it back, so that its drift shows. Sections 12.9.2 and 12.6.3.",
  ),
});
type Inputs = z.output<typeof inputs>;

export const AzureTieringCredential = resource({
  token: "tenantry:hyperstore:AzureTieringCredential",
  describe:
    "The credential with which HyperStore tiers a bucket's objects to Azure. There is no system default. Not for single-node systems. Admin API 8.2, sections 12.2, 12.6 and 12.9.",
  example: { bucketName: "archive", accountName: "123456", accountKey: "OylwMUklsF8l331LIGY5" },
  inputs,
  outputs: z.object({}),
  connect: hyperstore,
  id: idOf,

  async create(api, want) {
    const account = await accountOf(api, want);
    rejectExisting(want, account?.accountName);
    await setAccount(api, want);
    return {};
  },

  async read(api, id) {
    const account = await accountOf(api, bucketFrom(id));
    return account && { inputs: account, outputs: {} };
  },

  async update(api, _id, want, was) {
    if (!isDeepStrictEqual(want, was.inputs)) await setAccount(api, want);
    return {};
  },

  async delete(api, id) {
    await api.deleteTieringCredential("azure", bucketFrom(id));
  },
});

async function accountOf(
  api: HyperStore,
  { bucketName }: { bucketName: string },
): Promise<Inputs | undefined> {
  const shown = await api.getTieringCredential("azure", { bucketName });
  if (shown === undefined) return undefined;
  // No part of a key may stand in the message.
  const comma = shown.indexOf(",");
  if (comma < 0) throw new Error("the answer is not of the form account,key (section 12.6.3)");
  return { bucketName, accountName: shown.slice(0, comma), accountKey: shown.slice(comma + 1) };
}

async function setAccount(api: HyperStore, { bucketName, ...account }: Inputs): Promise<void> {
  rejectUnknownBucket({ bucketName }, await api.postTieringCredential("azure", { bucketName }, account));
}
