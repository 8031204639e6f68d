/** The users whose refresh is measured: as the emulator keeps them, and as they are asked for. */
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { toJson } from "../emulator/hyperstore/json.ts";
import { emptyGroup, emptyUser, freshState, newUser } from "../emulator/hyperstore/state.ts";
import type { HttpRequest } from "./sender.ts";

export const groups = 100;
const usersEach = 100;

export interface User {
  groupId: string;
  userId: string;
}
/** Not sorted, as the names of resources are not: neighbours in the program are none in the list. */
export function allUsers(): User[] {
  const count = groups * usersEach;
  return Array.from({ length: count }, (_, index) => {
    const nth = (index * 7919) % count;
    return { groupId: `group${nth % groups}`, userId: `user${Math.floor(nth / groups)}` };
  });
}

export function stateWith(users: readonly User[]): unknown {
  const state = freshState();
  for (let nth = 0; nth < groups; nth++)
    state.groups.set(`group${nth}`, { info: emptyGroup(`group${nth}`), ratingPlans: {} });
  for (const [nth, { groupId, userId }] of users.entries()) {
    const canonicalUserId = `f${nth.toString(16).padStart(31, "0")}`;
    const info = { ...emptyUser(groupId, userId, "User"), canonicalUserId };
    state.users.set(canonicalUserId, newUser(info, ""));
  }
  return toJson(state);
}

export const get = ({ groupId, userId }: User): HttpRequest => ({
  method: "GET",
  path: `/user?userId=${userId}&groupId=${groupId}`,
});

/** What the engine asks the provider. */
export function requestFor({ groupId, userId }: User): Buffer {
  const inputs = { groupId, userId, userType: "User", active: true, ldapEnabled: false };
  const request = new provider.ReadRequest()
    .setId(`${groupId}/${userId}`)
    .setUrn(`urn:pulumi:production::tenants::tenantry:hyperstore:User::${groupId}-${userId}`)
    .setInputs(structPb.Struct.fromJavaScript(inputs))
    .setProperties(structPb.Struct.fromJavaScript(inputs));
  return Buffer.from(request.serializeBinary());
}
