import type { Response } from "../../http/index.ts";
import { done, found } from "../answers.ts";
import type { SecurityInfo, UserKey } from "../wire.ts";
import type { Calls } from "./calls.ts";

const noUser = /User(\/Group)? does not exist/i;
const noKey = /Invalid Access Key/i;

interface GivenPair {
  accessKey: string;
  secretKey: string;
  iamUser?: string | undefined;
}

/** Chapter 14: S3 credentials. */
export function credentialCalls({ get, send }: Calls) {
  return {
    /** 14.6: undefined when there is none. It does not say whose it is. */
    getCredential: async (accessKey: string) =>
      found<SecurityInfo>(await get("/user/credentials", { accessKey })),
    /** 14.7: undefined when there is no such user. With `isRootAccountOnly`, without the keys of the account's IAM users. */
    listCredentials: async ({ groupId, userId }: UserKey, isRootAccountOnly = false) =>
      found<SecurityInfo[]>(
        await get("/user/credentials/list", { userId, groupId, isRootAccountOnly }),
        noUser,
      ) ?? [],
    /** 14.16: a given pair; the caller interprets 403 "maximum number" and 409 "exists". */
    postCredential: ({ groupId, userId, ...pair }: UserKey & GivenPair): Promise<Response> =>
      send({
        method: "POST",
        path: "/user/credentials",
        query: { userId, groupId, ...pair },
        idempotent: false,
        settle: async () => {
          const response = await get("/user/credentials/list", { userId, groupId, isRootAccountOnly: false });
          const keys = found<SecurityInfo[]>(response, noUser) ?? [];
          const ours = keys.some(
            ({ accessKey, secretKey }) => accessKey === pair.accessKey && secretKey === pair.secretKey,
          );
          return ours ? response : undefined;
        },
      }),
    /** 14.17: an omitted `isActive` would mean false. */
    setCredentialStatus: async (accessKey: string, isActive: boolean) =>
      done(
        await send({
          method: "POST",
          path: "/user/credentials/status",
          query: { accessKey, isActive },
          idempotent: true,
        }),
      ),
    /** 14.2 */
    deleteCredential: async (accessKey: string) =>
      done(await send({ method: "DELETE", path: "/user/credentials", query: { accessKey } }), noKey),
  };
}
