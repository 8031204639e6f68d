import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { groupProfile, readGroup } from "../group.ts";
import { hyperstore } from "../system.ts";

export const getGroup = providerFunction({
  token: "tenantry:hyperstore:getGroup",
  describe: "The profile of a group. An error when there is no such group. Admin API 8.2, section 6.2.",
  inputs: z.strictObject({
    groupId: z.string().min(1).describe("Id of the group; `0` is the system group."),
  }),
  outputs: groupProfile,
  connect: hyperstore,
  async call(api, { groupId }) {
    const group = await api.getGroup(groupId);
    if (!group) throw new ProviderError("refused", `there is no group "${groupId}"`);
    return readGroup(group);
  },
});

export const listGroups = providerFunction({
  token: "tenantry:hyperstore:listGroups",
  describe: "The profiles of all groups, in the order of their ids. Admin API 8.2, section 6.3.",
  inputs: z.strictObject({
    prefix: z.string().optional().describe("Only groups whose id begins with this."),
  }),
  outputs: z.object({
    groups: z.array(groupProfile.meta({ title: "GroupProfile" })).describe("The groups."),
  }),
  connect: hyperstore,
  async call(api, { prefix }) {
    return { groups: (await api.listGroups(prefix)).map(readGroup) };
  },
});
