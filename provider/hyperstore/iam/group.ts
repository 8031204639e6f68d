import { everyPage, type Pager } from "../pages.ts";
import { flag } from "../rules.ts";
import type { GroupInfo } from "../wire.ts";
import { listIn, objectIn, textIn } from "./answers.ts";
import { type Ask, strange } from "./ask.ts";
import { type Elements, textsIn } from "./xml.ts";

export type GroupReads = ReturnType<typeof groupReads>;

/** Sections 6.2.6 and 6.3.6. */
export function groupReads(ask: Ask) {
  const groupPager = (prefix?: string): Pager<GroupInfo> => ({
    async page(limit, offset) {
      const action = "GetCloudianGroupList";
      const { elements, refused } = await ask(action, { prefix, limit, offset });
      if (refused) throw refused;
      return listIn(action, elements).map((each) => groupFrom(action, each));
    },
    id: ({ groupId }) => groupId,
  });
  const listGroups = (prefix?: string) => everyPage(groupPager(prefix));

  async function getGroup(groupId: string): Promise<GroupInfo | undefined> {
    const action = "GetCloudianGroup";
    const asked = await ask(action, { groupId });
    const found = objectIn(action, asked);
    const group = found && groupFrom(action, found);
    if (group && group.groupId !== groupId)
      throw strange(action, `with group "${group.groupId}" when asked for "${groupId}"`);
    // The system group stands in no list (section 6.3.3), and it is never gone.
    const exists =
      group || groupId === "0" || (await listGroups(groupId)).some((each) => each.groupId === groupId);
    if (exists && !group) throw asked.refused ?? strange(action, `without group "${groupId}", which exists`);
    return group;
  }
  return { getGroup, groupPager, listGroups };
}

/** Both spellings of the document: with one h in section 6.3, with two in 6.2 and 6.7. */
const lists = [
  ["s3endpointshttp", "s3endpointshhttp"],
  ["s3endpointshttps", "s3endpointshhttps"],
  ["s3websiteendpoints"],
] as const;

function groupFrom(action: string, elements: Elements): GroupInfo {
  const endpoints = lists.map((spellings) => {
    const name = spellings.find((each) => each in elements) ?? spellings[0];
    // XML has nothing to show of an empty list, so that one which is not there must not read as the default.
    return [name, textsIn(elements[name])];
  });
  return {
    ...elements,
    groupId: textIn(action, elements, "groupId"),
    active: textIn(action, elements, "active"),
    groupName: String(elements.groupName ?? ""),
    ldapEnabled: flag(elements.ldapEnabled),
    ...Object.fromEntries(endpoints),
  };
}
