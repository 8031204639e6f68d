import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { hyperstore } from "../system.ts";
import { readUser, userProfile } from "../userprofile.ts";
import { addressOf, nameOf, userAddress } from "./address.ts";

export const getUser = providerFunction({
  token: "tenantry:hyperstore:getUser",
  describe:
    "The profile of a user, by group and user id or by canonical id. An error when there is no such user; by canonical id it finds deleted users too, their `active` false. Admin API 8.2, section 14.5.",
  inputs: userAddress,
  outputs: userProfile,
  connect: hyperstore,
  async call(api, address) {
    const user = await api.getUser(addressOf(address));
    if (!user) throw new ProviderError("refused", `there is no user "${nameOf(address)}"`);
    return readUser(user);
  },
});

export const listUsers = providerFunction({
  token: "tenantry:hyperstore:listUsers",
  describe: "The profiles of a group's users, in the order of their ids. Admin API 8.2, section 14.10.",
  inputs: z.strictObject({
    groupId: z.string().min(1).describe("The group; `0` for system administrators."),
    userType: z
      .enum(["all", "admin", "user"])
      .default("all")
      .describe("Only administrators, or only regular users."),
    userStatus: z
      .enum(["all", "active", "inactive", "deleting", "deleted"])
      .default("all")
      .describe(
        "`all` are the active and the inactive ones; users deleted or being deleted must be asked for by name.",
      ),
    prefix: z.string().optional().describe("Only users whose id begins with this."),
  }),
  outputs: z.object({ users: z.array(userProfile.meta({ title: "UserProfile" })).describe("The users.") }),
  connect: hyperstore,
  async call(api, { groupId, ...filter }) {
    return { users: (await api.listUsers(groupId, filter)).map(readUser) };
  },
});

export const listDeletedUsers = providerFunction({
  token: "tenantry:hyperstore:listDeletedUsers",
  describe:
    "The profiles of users who were deleted from a group, with the canonical ids that their usage is kept under. Users of one id are as many as were deleted. A profile stays until it is purged, which no resource does (DELETE /user/deleted, section 14.3). Admin API 8.2, section 14.10.",
  inputs: z.strictObject({
    groupId: z.string().min(1).describe("The group; `0` for system administrators."),
    prefix: z.string().optional().describe("Only users whose id begins with this."),
  }),
  outputs: z.object({
    users: z.array(userProfile.meta({ title: "UserProfile" })).describe("The users; `active` is false."),
  }),
  connect: hyperstore,
  async call(api, { groupId, prefix }) {
    return { users: (await api.listUsers(groupId, { userStatus: "deleted", prefix })).map(readUser) };
  },
});
