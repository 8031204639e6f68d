import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { secret } from "../../resource/fields.ts";
import { flag } from "../rules.ts";
import { hyperstore } from "../system.ts";
import type { SecurityInfo } from "../wire.ts";

const credentialInfo = z
  .object({
    accessKey: z.string().describe("The access key."),
    secretKey: secret(z.string()).optional().describe("The secret key."),
    active: z.boolean().describe("Whether it can be used."),
    createDate: z.number().optional().describe("When it was made, in milliseconds since 1970 UTC."),
  })
  .meta({ title: "CredentialInfo" });

const infoOf = ({ accessKey, secretKey, active, createDate }: SecurityInfo) => ({
  accessKey,
  secretKey,
  active: flag(active),
  ...(createDate == null ? {} : { createDate: Number(createDate) }),
});

export const getCredential = providerFunction({
  token: "tenantry:hyperstore:getCredential",
  describe:
    "The S3 credential with an access key; the API does not say whose it is. An error when there is none. Admin API 8.2, section 14.6.",
  inputs: z.strictObject({ accessKey: z.string().min(1).describe("The access key.") }),
  outputs: credentialInfo,
  connect: hyperstore,
  async call(api, { accessKey }) {
    const found = await api.getCredential(accessKey);
    if (!found)
      throw new ProviderError("refused", `there is no credential with the access key "${accessKey}"`);
    return infoOf(found);
  },
});

export const listCredentials = providerFunction({
  token: "tenantry:hyperstore:listCredentials",
  describe: "The S3 credentials of a user. Admin API 8.2, sections 14.7 and 14.8.",
  inputs: z.strictObject({
    groupId: z.string().min(1).describe("Group of the user."),
    userId: z.string().min(1).describe("Id of the user."),
    rootAccountOnly: z
      .boolean()
      .default(true)
      .describe("Leave out the credentials of IAM users under the account."),
    activeOnly: z.boolean().default(false).describe("Leave out credentials that are deactivated."),
  }),
  outputs: z.object({
    credentials: z.array(credentialInfo).describe("The credentials."),
  }),
  connect: hyperstore,
  async call(api, { rootAccountOnly, activeOnly, ...owner }) {
    const keys = await api.listCredentials(owner, rootAccountOnly);
    const shown = keys.map(infoOf);
    return { credentials: shown.filter(({ active }) => active || !activeOnly) };
  },
});
