import type { Response } from "../../http/index.ts";
import { done, found, foundText, says } from "../answers.ts";
import type { MfaDevice, UserKey } from "../wire.ts";
import type { Calls } from "./calls.ts";

const noUser = /User(\/Group)? does not exist/i;

type Address = UserKey | { canonicalUserId: string };
/** What else the caller's object holds stays out of the request. */
const keyIn = ({ groupId, userId }: UserKey) => ({ groupId, userId });
const addressIn = (user: Address) =>
  "canonicalUserId" in user ? { canonicalUserId: user.canonicalUserId } : keyIn(user);

/** Chapter 14: how users log in to the CMC. */
export function loginCalls({ get, send }: Calls) {
  return {
    /** 14.9: undefined when there is no such user. */
    isLocked: async (user: Address) => found<boolean>(await get("/user/islocked", addressIn(user)), noUser),
    /** 14.11: the activated ones; undefined when there is no such user, or an inactive one, which is a 404 here alone. */
    listMfaDevices: async (user: Address) => {
      const response = await get("/user/mfa/list", addressIn(user));
      return says(response, 404, /User inactive or not found/i)
        ? undefined
        : (found<{ MFADevices?: MfaDevice[] | null }>(response)?.MFADevices ?? []);
    },
    /** 14.25 */
    unlockUser: async (user: UserKey) =>
      done(await send({ method: "POST", path: "/user/unlock", query: keyIn(user), idempotent: true })),
    /** 14.12: "valid", "invalid" or "expire". A locked user has no valid password, and a wrong one may count as a failed login. */
    verifyPassword: async (user: UserKey, password: string) =>
      foundText(await get("/user/password/verify", { ...keyIn(user), password })),
    /** 14.23: 204 when there is no such user; the caller interprets 400, for the server's rules are many. */
    setPassword: (user: UserKey, password: string): Promise<Response> =>
      send({ method: "POST", path: "/user/password", query: { ...keyIn(user), password }, idempotent: true }),
  };
}
