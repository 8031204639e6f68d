import type { HyperStoreEmulator } from "../../../emulator/hyperstore/index.ts";
import {
  type Credential,
  emptyGroup,
  emptyUser,
  type GroupInfo,
  type User,
  type UserInfo,
} from "../../../emulator/hyperstore/state.ts";
import { addUser as addTo } from "../../../emulator/hyperstore/users.ts";

/** What the emulator holds, by the names that programs use. */
export const groupIn = (store: HyperStoreEmulator, groupId: string): GroupInfo | undefined =>
  store.state.groups.get(groupId)?.info;

export const userIn = (store: HyperStoreEmulator, groupId: string, userId: string): UserInfo | undefined =>
  usersIn(store, groupId).find((user) => user.userId === userId);

/** The users of a group that are neither deleted nor being deleted. */
export const usersIn = (store: HyperStoreEmulator, groupId: string): UserInfo[] =>
  [...store.state.users.values()]
    .filter(({ info, deletedAt }) => info.groupId === groupId && deletedAt === undefined)
    .map(({ info }) => info);

export function keysOf(store: HyperStoreEmulator, groupId: string, userId: string): Credential[] {
  const owner = userIn(store, groupId, userId)?.canonicalUserId;
  return [...store.state.credentials.values()].filter((credential) => credential.owner === owner);
}

/** "PUT /group 200" for every write so far. A status of 0 is a request that the server did not act on. */
export const writesTo = (store: HyperStoreEmulator): string[] =>
  store.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, status }) => `${method} ${path} ${status}`);

/** Made by somebody else, without Pulumi. */
export const addGroup = (
  store: HyperStoreEmulator,
  groupId: string,
  profile: Partial<GroupInfo> = {},
): void => {
  store.state.groups.set(groupId, { info: { ...emptyGroup(groupId), ...profile }, ratingPlans: {} });
};
export const addUser = (
  store: HyperStoreEmulator,
  groupId: string,
  userId: string,
  profile: Partial<UserInfo> = {},
): User => addTo(store.state, { ...emptyUser(groupId, userId, "User"), ...profile }, "", true);
