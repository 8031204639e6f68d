import type { Response } from "../../http/index.ts";
import { done, found } from "../answers.ts";
import { everyPage, type Pager } from "../pages.ts";
import type { GroupInfo } from "../wire.ts";
import { type Calls, includes } from "./calls.ts";

/** Chapter 6. */
export function groupCalls({ get, send }: Calls) {
  const groupPager = (prefix?: string): Pager<GroupInfo> => ({
    page: async (limit, offset) => found(await get("/group/list", { prefix, limit, offset })) ?? [],
    id: ({ groupId }) => groupId,
  });
  return {
    /** 6.2: 204 when there is none. */
    getGroup: async (groupId: string) => found<GroupInfo>(await get("/group", { groupId })),
    /** 6.7: 409 when it exists. After a lost answer, a group equal to the one sent is taken for ours. */
    putGroup: (group: GroupInfo): Promise<Response> =>
      send({
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
      done(await send({ method: "POST", path: "/group", json: group, idempotent: true })),
    /** 6.1: answers false when it was gone already; the caller interprets 409 "not empty". */
    deleteGroup: (groupId: string): Promise<Response> =>
      send({ method: "DELETE", path: "/group", query: { groupId } }),
    /** 6.3 */
    groupPager,
    listGroups: (prefix?: string) => everyPage(groupPager(prefix)),
  };
}
