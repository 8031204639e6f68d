import * as z from "zod";
import { resource } from "../resource/definition.ts";
import type { TieringOwner } from "./client/tiering.ts";
import type { HyperStore } from "./client.ts";
import { hyperstore } from "./system.ts";
import { bucketFrom, bucketName, idOf, pair, pairDiffers, rejectExisting, setPair } from "./tiering.ts";

const inputs = z.strictObject({
  bucketName: bucketName
    .optional()
    .describe(
      "HyperStore bucket whose objects are tiered with this credential; it must exist. Absent for the system default, which buckets without a credential of their own may use. Section 12.8.2.",
    ),
  ...pair("the S3-compliant destination", "12.8.2"),
});

export const TieringCredential = resource({
  token: "tenantry:hyperstore:TieringCredential",
  describe:
    "The credential with which HyperStore tiers objects to Amazon, Google or another S3-compliant destination: of one bucket, or the system default. Not for single-node systems. Admin API 8.2, sections 12.1, 12.4, 12.5 and 12.8.",
  example: { bucketName: "archive", accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI" },
  inputs,
  outputs: z.object({}),
  connect: hyperstore,
  id: (all) => idOf(ownerOf(all)),
  steps: ["secretKey"],

  async create(api, want, ctx) {
    const owner = ownerOf(want);
    rejectExisting(owner, await accessKeyOf(api, owner));
    await setPair(api, "s3", owner, want, ctx);
    return {};
  },

  async read(api, id) {
    const owner = ownerFrom(id);
    const accessKey = await accessKeyOf(api, owner);
    if (accessKey === undefined) return undefined;
    return { inputs: { ...(owner === "system" ? {} : owner), accessKey }, outputs: {} };
  },

  async update(api, id, want, was, ctx) {
    if (pairDiffers(want, was.inputs, ctx)) await setPair(api, "s3", ownerFrom(id), want, ctx);
    return {};
  },

  async delete(api, id) {
    await api.deleteTieringCredential("s3", ownerFrom(id));
  },
});

const ownerOf = ({ bucketName }: z.output<typeof inputs>): TieringOwner =>
  bucketName === undefined ? "system" : { bucketName };

const ownerFrom = (id: string): TieringOwner => (id === "system" ? id : bucketFrom(id));

/** A bucket without a credential of its own may show the system default: only /src tells the two apart (section 12.5). */
async function accessKeyOf(api: HyperStore, owner: TieringOwner): Promise<string | undefined> {
  const accessKey = await api.getTieringCredential("s3", owner);
  if (accessKey === undefined || owner === "system") return accessKey;
  return (await api.getTieringCredentialSource(owner)) === "SYSTEM" ? undefined : accessKey;
}
