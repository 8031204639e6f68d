import { randomBytes } from "node:crypto";
import type { Call } from "../kit/types.ts";
import { newCredential } from "./keys.ts";
import { newUser, type State, type User, type UserInfo } from "./state.ts";
import { isLive, statusOf } from "./status.ts";

/** Who was found last under a name: among ten thousand users, a search takes longer than all the rest of an answer. */
const lastFound = new WeakMap<State, Map<string, User>>();

export function findUser(state: State, groupId: string, userId: string): User | undefined {
  const found = lastFound.get(state) ?? new Map<string, User>();
  lastFound.set(state, found);
  const name = JSON.stringify([groupId, userId]);
  const isIt = (user: User) => user.info.userId === userId && user.info.groupId === groupId && isLive(user);
  const last = found.get(name);
  // It may have been deleted, edited or reset since.
  if (last && state.users.get(last.info.canonicalUserId) === last && isIt(last)) return last;
  for (const user of state.users.values())
    if (isIt(user)) {
      found.set(name, user);
      return user;
    }
  return undefined;
}

/** Whether the id is taken, be it by a user whose deletion is not complete yet. */
export function isTaken(state: State, groupId: string, userId: string): boolean {
  return [...state.users.values()].some(
    (user) => user.info.userId === userId && user.info.groupId === groupId && statusOf(user) !== "deleted",
  );
}

/** One of the two ways to name a user (14.1.2). Undefined: none, half of one, or both. */
export function addressIn({ query }: Call): { find(state: State): User | undefined } | undefined {
  const { userId, groupId, canonicalUserId } = query;
  if (canonicalUserId) {
    if (userId !== undefined || groupId !== undefined) return undefined;
    return { find: (state) => onlyLive(state.users.get(canonicalUserId)) };
  }
  if (!userId || !groupId) return undefined;
  return { find: (state) => findUser(state, groupId, userId) };
}

/** What the profile of a user looks like from outside. */
export function shownProfile(user: User): UserInfo {
  // Of users deleted or being deleted "the 'active' attribute will say 'false'" (14.26.3).
  return isLive(user) ? user.info : { ...user.info, active: "false" };
}

/** Stores a user under a canonical id that no other user has, had or will have (14.26.3). */
export function addUser(
  state: State,
  info: UserInfo,
  fileEndpoints: string,
  initialCredential: boolean,
): User {
  const canonicalUserId = randomBytes(16).toString("hex");
  const user = newUser({ ...info, canonicalUserId }, fileEndpoints);
  state.users.set(canonicalUserId, user);
  if (initialCredential) {
    const credential = newCredential(canonicalUserId);
    state.credentials.set(credential.accessKey, credential);
  }
  return user;
}

function onlyLive(user: User | undefined): User | undefined {
  return user && isLive(user) ? user : undefined;
}
