import * as z from "zod";
import { resource } from "../resource/definition.ts";
import { hyperstore } from "./system.ts";
import { bucketFrom, bucketName, idOf, pair, pairDiffers, rejectExisting, setPair } from "./tiering.ts";

export const SpectraTieringCredential = resource({
  token: "tenantry:hyperstore:SpectraTieringCredential",
  describe:
    "The credential with which HyperStore tiers a bucket's objects to Spectra. There is no system default. Not for single-node systems. Admin API 8.2, sections 12.3, 12.7 and 12.10.",
  example: { bucketName: "archive", accessKey: "00d5dc27224f9d529257", secretKey: "PxxvA" },
  inputs: z.strictObject({
    bucketName: bucketName.describe(
      "HyperStore bucket whose objects are tiered with this credential; it must exist. Section 12.10.2.",
    ),
    ...pair("the Spectra destination", "12.10.2"),
  }),
  outputs: z.object({}),
  connect: hyperstore,
  id: idOf,
  steps: ["secretKey"],

  async create(api, want, ctx) {
    rejectExisting(want, await api.getTieringCredential("spectra", want));
    await setPair(api, "spectra", want, want, ctx);
    return {};
  },

  async read(api, id) {
    const owner = bucketFrom(id);
    const accessKey = await api.getTieringCredential("spectra", owner);
    return accessKey === undefined ? undefined : { inputs: { ...owner, accessKey }, outputs: {} };
  },

  async update(api, id, want, was, ctx) {
    if (pairDiffers(want, was.inputs, ctx)) await setPair(api, "spectra", bucketFrom(id), want, ctx);
    return {};
  },

  async delete(api, id) {
    await api.deleteTieringCredential("spectra", bucketFrom(id));
  },
});
