import { createOnce } from "../resource/once.ts";
import { type Pager, pageFrom } from "./pages.ts";
import type { GroupInfo, NotificationRuleInfo, SecurityInfo, UserInfo, UserKey } from "./wire.ts";

/**
 * A refresh asks for one object after the other, and from the second one on it is served out of pages of the list
 * that all of them stand in. Such an answer is never older than this process, which lives for one run, and none is
 * given once the process has begun to write. Only what a page has shown is taken from it, and only once: whatever
 * is not there is asked of the server by itself, so that nothing is gone because a list says so.
 */
export function createLists() {
  let isOver = false;
  const groups = createListing<GroupInfo>(() => isOver);
  const users = new Map<string, Listing<UserInfo>>();
  /** Lists without pages. */
  const wholes = createOnce<unknown>();
  const usersOf = (groupId: string) => {
    const listing = users.get(groupId) ?? createListing<UserInfo>(() => isOver);
    users.set(groupId, listing);
    return listing;
  };
  const whole = <T>(key: unknown[], ask: () => Promise<T>): Promise<T> =>
    isOver ? ask() : (wholes.get(JSON.stringify(key), ask) as Promise<T>);
  return {
    /** This process is about to write. */
    end(): void {
      isOver = true;
      users.clear();
      wholes.clear();
    },
    /** The client's reads, for a refresh. */
    over: (api: Reads) => ({
      getGroup: (groupId: string) => groups.find(groupId, () => api.getGroup(groupId), api.groupPager()),
      getUser: (user: UserKey) =>
        usersOf(user.groupId).find(user.userId, () => api.getUser(user), api.userPager(user.groupId)),
      listCredentials: (owner: UserKey) =>
        whole(["credentials", owner.groupId, owner.userId], () => api.listCredentials(owner)),
      listNotificationRules: (region: string | undefined) =>
        whole(["rules", region], () => api.listNotificationRules(region)),
    }),
  };
}

interface Reads {
  getGroup(groupId: string): Promise<GroupInfo | undefined>;
  groupPager(): Pager<GroupInfo>;
  getUser(user: UserKey): Promise<UserInfo | undefined>;
  userPager(groupId: string): Pager<UserInfo>;
  listCredentials(owner: UserKey): Promise<SecurityInfo[]>;
  listNotificationRules(region: string | undefined): Promise<NotificationRuleInfo[]>;
}
export type Lists = ReturnType<typeof createLists>;

interface Listing<Row> {
  find(key: string, ask: () => Promise<Row | undefined>, pager: Pager<Row>): Promise<Row | undefined>;
}

/** For each object that no page has shown yet: a program of few objects must not read a long list to its end. */
const pagesPerMiss = 2;

function createListing<Row>(isOver: () => boolean): Listing<Row> {
  const rows = new Map<string, Row>();
  let [asked, misses, pages] = [0, 0, 0];
  let offset: string | undefined;
  let isAtEnd = false;
  let underway: Promise<void> | undefined;

  async function readOn(pager: Pager<Row>): Promise<void> {
    const page = await pageFrom(pager, offset);
    for (const row of page.rows) rows.set(pager.id(row), row);
    pages++;
    offset = page.next;
    isAtEnd = offset === undefined;
  }
  const readNext = (pager: Pager<Row>): Promise<void> => {
    underway ??= readOn(pager)
      // Whoever waits then asks for its own object, and learns what is wrong.
      .catch(() => {
        isAtEnd = true;
      })
      .finally(() => {
        underway = undefined;
      });
    return underway;
  };

  return {
    async find(key, ask, pager) {
      if (asked++ === 0) return ask();
      if (!rows.has(key)) misses++;
      const enough = misses * pagesPerMiss;
      while (!rows.has(key) && !isAtEnd && pages < enough && !isOver()) await readNext(pager);
      const row = isOver() ? undefined : rows.get(key);
      rows.delete(key);
      return row ?? ask();
    },
  };
}
