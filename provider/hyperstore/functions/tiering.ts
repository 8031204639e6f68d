import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { tieringSources } from "../client/tiering.ts";
import { hyperstore } from "../system.ts";

export const getTieringCredentialSource = providerFunction({
  token: "tenantry:hyperstore:getTieringCredentialSource",
  describe:
    "Whether a bucket tiers to its S3-compliant destination with a credential of its own or with the system default. Not for buckets that tier to Azure or Spectra. Admin API 8.2, section 12.5.",
  inputs: z.strictObject({
    bucketName: z
      .string()
      .min(1)
      .optional()
      .describe("Name of the bucket. Absent to ask whether there is a system default."),
  }),
  outputs: z.object({
    source: z
      .enum(tieringSources)
      .meta({ title: "TieringSource" })
      .describe(
        "`BUCKET`: the bucket's own credential; `SYSTEM`: the system default; `NONE`: no credential is set.",
      ),
  }),
  connect: hyperstore,
  async call(api, { bucketName }) {
    const owner = bucketName === undefined ? "system" : { bucketName };
    return { source: await api.getTieringCredentialSource(owner) };
  },
});
