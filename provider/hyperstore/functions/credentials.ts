import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { secret } from "../../resource/fields.ts";
import { flag } from "../rules.ts";
import { hyperstore } from "../system.ts";

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
    credentials: z
      .array(
        z
          .object({
            accessKey: z.string().describe("The access key."),
            secretKey: secret(z.string()).optional().describe("The secret key."),
            active: z.boolean().describe("Whether it can be used."),
            createDate: z.number().optional().describe("When it was made, in milliseconds since 1970 UTC."),
          })
          .meta({ title: "CredentialInfo" }),
      )
      .describe("The credentials."),
  }),
  connect: hyperstore,
  async call(api, { rootAccountOnly, activeOnly, ...owner }) {
    const keys = await api.listCredentials(owner, rootAccountOnly);
    const shown = keys.map(({ accessKey, secretKey, active, createDate }) => ({
      accessKey,
      secretKey,
      active: flag(active),
      ...(createDate == null ? {} : { createDate: Number(createDate) }),
    }));
    return { credentials: shown.filter(({ active }) => active || !activeOnly) };
  },
});
