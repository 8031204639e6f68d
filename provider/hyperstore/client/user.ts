import type { Response } from "../../http/index.ts";
import { done, found } from "../answers.ts";
import { everyPage, type Pager } from "../pages.ts";
import type { UserInfo, UserKey } from "../wire.ts";
import { type Calls, includes } from "./calls.ts";

const noGroup = /Group does not exist/i;

interface UserFilter {
  userType?: string;
  userStatus?: string;
  prefix?: string | undefined;
}

/** Chapter 14: profiles. */
export function userCalls({ get, send }: Calls) {
  const userPager = (groupId: string, filter: UserFilter = {}): Pager<UserInfo> => ({
    async page(limit, offset) {
      const selection = { userType: "all", userStatus: "all", ...filter };
      return found(await get("/user/list", { groupId, ...selection, limit, offset }), noGroup) ?? [];
    },
    id: ({ userId }) => userId,
    // Deleted users of one id are as many as were deleted.
    key: ({ userId, canonicalUserId = userId }) => canonicalUserId,
  });
  return {
    /** 14.5: 204 when there is none, and while it is being deleted. */
    getUser: async (user: UserKey | { canonicalUserId: string }) =>
      found<UserInfo>(await get("/user", { ...user })),
    /** 14.26: answers the profile with its canonicalUserId; 409 when it exists. */
    putUser: (user: UserInfo): Promise<Response> =>
      send({
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
      done(await send({ method: "POST", path: "/user", json: user, idempotent: true })),
    /** 14.1: only begins the deletion; the caller interprets 400. */
    deleteUser: ({ groupId, userId }: UserKey): Promise<Response> =>
      send({ method: "DELETE", path: "/user", query: { userId, groupId } }),
    /** 14.10: `userStatus` "all" leaves out users that are deleted or being deleted. */
    userPager,
    listUsers: (groupId: string, filter: UserFilter = {}) => everyPage(userPager(groupId, filter)),
  };
}
