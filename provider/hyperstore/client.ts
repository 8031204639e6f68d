import type { Http, Response } from "../http/index.ts";
import { done, found } from "./answers.ts";
import { everyPage } from "./pages.ts";
import type { GroupInfo, SecurityInfo, UserBuckets, UserInfo } from "./wire.ts";

export type HyperStore = ReturnType<typeof hyperstoreClient>;
export interface UserKey {
  groupId: string;
  userId: string;
}

interface GivenPair {
  accessKey: string;
  secretKey: string;
  iamUser?: string | undefined;
}

const noGroup = /Group does not exist/i;
const noUser = /User(\/Group)? does not exist/i;
const noKey = /Invalid Access Key/i;

/** The Admin API (document: Admin API Reference 8.2), one method per call. Sections are cited at each. */
export function hyperstoreClient(http: Http) {
  const get = (path: string, query: Record<string, string | number | boolean | undefined>) =>
    http.send({ method: "GET", path, query });
  return {
    /** 6.2: 204 when there is none. */
    getGroup: async (groupId: string) => found<GroupInfo>(await get("/group", { groupId })),
    /** 6.7: 409 when it exists. After a lost answer, a group equal to the one sent is taken for ours. */
    putGroup: (group: GroupInfo): Promise<Response> =>
      http.send({
        method: "PUT",
        path: "/group",
        json: group,
        idempotent: false,
        settle: async () => {
          const response = await get("/group", { groupId: group.groupId });
          const now = found<GroupInfo>(response);
          return now && includes(now, group) ? response : undefined;
        },
      }),
    /** 6.5: replaces the whole profile. */
    postGroup: async (group: GroupInfo) =>
      done(await http.send({ method: "POST", path: "/group", json: group, idempotent: true })),
    /** 6.1: answers false when it was gone already; the caller interprets 409 "not empty". */
    deleteGroup: (groupId: string): Promise<Response> =>
      http.send({ method: "DELETE", path: "/group", query: { groupId } }),
    /** 6.3 */
    listGroups: (prefix?: string) =>
      everyPage<GroupInfo>(
        async (limit, offset) => found(await get("/group/list", { prefix, limit, offset })) ?? [],
        ({ groupId }) => groupId,
      ),

    /** 14.5: 204 when there is none, and while it is being deleted. */
    getUser: async (user: UserKey | { canonicalUserId: string }) =>
      found<UserInfo>(await get("/user", { ...user })),
    /** 14.26: answers the profile with its canonicalUserId; 409 when it exists. */
    putUser: (user: UserInfo): Promise<Response> =>
      http.send({
        method: "PUT",
        path: "/user",
        json: user,
        idempotent: false,
        settle: async () => {
          const response = await get("/user", { userId: user.userId, groupId: user.groupId });
          const now = found<UserInfo>(response);
          const { fileEndpoints: _neverReadBack, ...sent } = user;
          return now && includes(now, sent) ? response : undefined;
        },
      }),
    /** 14.15 */
    postUser: async (user: UserInfo) =>
      done(await http.send({ method: "POST", path: "/user", json: user, idempotent: true })),
    /** 14.1: only begins the deletion. False when there is no such user. */
    deleteUser: async ({ groupId, userId }: UserKey) =>
      done(await http.send({ method: "DELETE", path: "/user", query: { userId, groupId } }), noUser),
    /** 14.10: `userStatus` "all" leaves out users that are deleted or being deleted. */
    listUsers: (
      groupId: string,
      filter: { userType?: string; userStatus?: string; prefix?: string | undefined } = {},
    ) =>
      everyPage<UserInfo>(
        async (limit, offset) =>
          found(
            await get("/user/list", {
              groupId,
              userType: "all",
              userStatus: "all",
              ...filter,
              limit,
              offset,
            }),
            noGroup,
          ) ?? [],
        ({ userId }) => userId,
      ),
    /** 11.3: the buckets of every user of a group. */
    listBuckets: async (groupId: string) =>
      found<UserBuckets[]>(await get("/system/bucketlist", { groupId })) ?? [],

    /** 14.7: undefined when there is no such user. With `isRootAccountOnly`, without the keys of the account's IAM users. */
    listCredentials: async ({ groupId, userId }: UserKey, isRootAccountOnly = false) =>
      found<SecurityInfo[]>(
        await get("/user/credentials/list", { userId, groupId, isRootAccountOnly }),
        noUser,
      ) ?? [],
    /** 14.16: a given pair; the caller interprets 403 "maximum number" and 409 "exists". */
    postCredential: ({ groupId, userId, ...pair }: UserKey & GivenPair): Promise<Response> =>
      http.send({
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
        await http.send({
          method: "POST",
          path: "/user/credentials/status",
          query: { accessKey, isActive },
          idempotent: true,
        }),
      ),
    /** 14.2 */
    deleteCredential: async (accessKey: string) =>
      done(await http.send({ method: "DELETE", path: "/user/credentials", query: { accessKey } }), noKey),

    /** 11.10; undefined on a system that has no such method. */
    getLicense: async () => {
      const response = await get("/system/license", {});
      return response.status === 404 ? undefined : found<{ licenseNumber?: string }>(response);
    },
  };
}

/** Whether an object of the server's has everything that was sent, empty and absent being one. */
const includes = (now: Record<string, unknown>, sent: Record<string, unknown>) =>
  Object.entries(sent).every(
    ([key, value]) => JSON.stringify(now[key] || "") === JSON.stringify(value || ""),
  );
