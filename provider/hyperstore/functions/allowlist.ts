import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { allowlistFields, onlyId, readAllowlist } from "../allowlist.ts";
import { hyperstore } from "../system.ts";

export const getAllowlist = providerFunction({
  token: "tenantry:hyperstore:getAllowlist",
  describe: "The system's allowlist, as the server has it. Admin API 8.2, section 2.1.",
  inputs: z.strictObject({}),
  outputs: z.object(allowlistFields),
  connect: hyperstore,
  async call(api) {
    const allowlist = await api.getAllowlist(onlyId);
    if (!allowlist) throw new ProviderError("refused", `the system has no allowlist "${onlyId}"`);
    return readAllowlist(allowlist);
  },
});
