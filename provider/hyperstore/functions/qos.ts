import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { limitNames, limitsIn } from "../qos.ts";
import { hyperstore } from "../system.ts";

export const getQosLimits = providerFunction({
  token: "tenantry:hyperstore:getQosLimits",
  describe:
    "Quality-of-service limits as the server shows them at one level, -1 for none. An error when there is no such user. Admin API 8.2, section 9.2.",
  inputs: z.strictObject({
    groupId: z
      .string()
      .min(1)
      .describe("A group; `*` for the region's default for users, `ALL` for its default for groups."),
    userId: z
      .string()
      .min(1)
      .describe("A user; `*` for the group as a whole, `ALL` for the group's default for its users."),
    region: z.string().min(1).optional().describe("Service region; the default region when absent."),
  }),
  outputs: z.object(
    Object.fromEntries(
      limitNames.map((name) => [name, z.number().describe(`The limit \`${name}\` of \`QosLimits\`.`)]),
    ),
  ),
  connect: hyperstore,
  async call(api, selector) {
    const found = await api.getQosLimits(selector);
    if (!found)
      throw new ProviderError("refused", `there is no user "${selector.groupId}/${selector.userId}"`);
    return limitsIn(found);
  },
});
