import type { AdminCalls } from "../client.ts";
import { everyPage } from "../pages.ts";
import { flag } from "../rules.ts";
import type { SecurityInfo, UserInfo, UserKey } from "../wire.ts";
import { listIn, momentIn, objectIn, textIn } from "./answers.ts";
import { type Ask, strange } from "./ask.ts";
import type { GroupReads } from "./group.ts";
import type { Elements } from "./xml.ts";

type Address = UserKey | { canonicalUserId: string };
export type UserReads = ReturnType<typeof userReads>;

/** Sections 14.5.7 and 14.10.6. */
export function userReads(ask: Ask, { getGroup }: GroupReads) {
  async function page(groupId: string, filter: Parameters<Ask>[1]): Promise<Elements[]> {
    const action = "GetCloudianUserList";
    const { elements, refused } = await ask(action, {
      groupId,
      userType: "all",
      userStatus: "all",
      ...filter,
    });
    if (elements) return listIn(action, elements);
    if (await getGroup(groupId)) throw refused;
    return [];
  }
  const userPager: AdminCalls["userPager"] = (groupId, filter = {}) => ({
    page: async (limit, offset) => {
      const rows = await page(groupId, { ...filter, limit, offset });
      return rows.map((each) => userFrom("GetCloudianUserList", each));
    },
    id: ({ userId }) => userId,
    key: ({ userId, canonicalUserId = userId }) => canonicalUserId,
  });
  const listUsers: AdminCalls["listUsers"] = (groupId, filter) => everyPage(userPager(groupId, filter));

  const isListed = async ({ groupId, userId }: UserKey) =>
    (await listUsers(groupId, { prefix: userId })).some((user) => user.userId === userId);

  async function getUser(address: Address): Promise<UserInfo | undefined> {
    const action = "GetCloudianUser";
    const asked = await ask(action, keyIn(address));
    const found = objectIn(action, asked);
    if (found) return requested(address, userFrom(action, found));
    // No list is by canonical ids.
    const isGone = "canonicalUserId" in address ? !asked.refused : !(await isListed(address));
    if (isGone) return undefined;
    throw asked.refused ?? strange(action, "without a user who exists");
  }

  function requested(address: Address, user: UserInfo): UserInfo {
    if (Object.entries(keyIn(address)).every(([name, value]) => user[name] === value)) return user;
    throw strange("GetCloudianUser", `with "${user.groupId}/${user.userId}" when asked for another user`);
  }

  return {
    getUser,
    userPager,
    listUsers,
    /** 14.10.2: `extended` adds the lock-out status; by what name, the document does not say. */
    async isLocked(address: Address): Promise<boolean | undefined> {
      const user = "groupId" in address ? address : await getUser(address);
      if (!user) return undefined;
      // Of all ids that begin like this one it is the first.
      const rows = await page(user.groupId, { prefix: user.userId, extended: true });
      const row = rows.find((each) => each.userId === user.userId);
      const [, status] = Object.entries(row ?? {}).find(([name]) => /lock/i.test(name)) ?? [];
      if (!row || status === "true" || status === "false") return row && status === "true";
      throw strange("GetCloudianUserList", "without a lock-out status");
    },
  };
}

/** Sections 14.6.6 and 14.7.7: without the secret keys. */
export function credentialReads(ask: Ask, { getUser }: UserReads) {
  return {
    async getCredential(accessKey: string): Promise<SecurityInfo | undefined> {
      const action = "GetCloudianUserCredentials";
      const asked = await ask(action, { accessKey });
      const found = objectIn(action, asked);
      if (found) return credentialFrom(action, found);
      if (asked.refused) throw asked.refused;
      return undefined;
    },
    async listCredentials(owner: UserKey, isRootAccountOnly = false): Promise<SecurityInfo[]> {
      const action = "GetCloudianUserCredentialsList";
      const { elements, refused } = await ask(action, { ...keyIn(owner), isRootAccountOnly });
      if (elements) return listIn(action, elements).map((each) => credentialFrom(action, each));
      if (await getUser(owner)) throw refused;
      return [];
    },
  };
}

/** What else the caller's object holds stays out of the request. */
const keyIn = (address: Address) =>
  "canonicalUserId" in address
    ? { canonicalUserId: address.canonicalUserId }
    : { userId: address.userId, groupId: address.groupId };

const userFrom = (action: string, elements: Elements): UserInfo => ({
  ...elements,
  userId: textIn(action, elements, "userId"),
  groupId: textIn(action, elements, "groupId"),
  userType: textIn(action, elements, "userType"),
  active: textIn(action, elements, "active"),
  canonicalUserId: textIn(action, elements, "canonicalUserId"),
  ldapEnabled: flag(elements.ldapEnabled),
});

const credentialFrom = (action: string, elements: Elements): SecurityInfo => ({
  accessKey: textIn(action, elements, "accessKey"),
  active: flag(textIn(action, elements, "active")),
  ...(elements.createDate ? { createDate: momentIn(action, elements.createDate) } : {}),
});
