import { mapProperties } from "../../resource/value.ts";
import type { Bill } from "../client/billing.ts";
import type { MonitoringEvent, MonitorNodeInfo, MonitorSystemInfo } from "../client/monitor.ts";
import type { UsageData } from "../client/usage.ts";
import type { AdminCalls } from "../client.ts";
import { flag } from "../rules.ts";
import { listIn, momentIn, objectIn } from "./answers.ts";
import type { Ask } from "./ask.ts";
import type { UserReads } from "./user.ts";
import { all, type Content, type Elements, elementsIn, elementsOf, textsIn } from "./xml.ts";

/** Chapters 3, 7 and 13: figures, which their readers take as text. */
export function figureReads(ask: Ask, { getUser }: UserReads, admin: AdminCalls) {
  async function elementsFrom(action: string, parameters: Parameters<Ask>[1]): Promise<Elements> {
    const { elements, refused } = await ask(action, parameters);
    if (refused) throw refused;
    return elements;
  }
  const rows = async (action: string, parameters: Parameters<Ask>[1]) =>
    listIn(action, await elementsFrom(action, parameters));
  const one = async (action: string, parameters: Parameters<Ask>[1]) =>
    objectIn(action, { elements: await elementsFrom(action, parameters) });

  return {
    /** 3.1.7: by canonical id alone. A group's bill is not offered. */
    async getBill(query) {
      const { groupId, userId, canonicalUserId, ...period } = query;
      if (canonicalUserId === undefined && userId === undefined) return admin.getBill(query);
      const id =
        canonicalUserId ??
        (await getUser({ groupId: String(groupId), userId: String(userId) }))?.canonicalUserId;
      const action = "GetCloudianBill";
      const found = id === undefined ? undefined : await one(action, { canonicalUserId: id, ...period });
      return found && billFrom(action, found);
    },
    /** 7.3.5: a sample of one node alone. */
    async listNodes({ region }) {
      const { String: names } = await elementsFrom("GetCloudianMonitorNodeList", { region });
      return textsIn(names).flatMap((text) => text.split(/[\s,]+/).filter((name) => name !== ""));
    },
    /** 7.4.6 */
    async getNode({ nodeId, region }) {
      const found = await one("GetCloudianMonitorHost", { nodeId, region });
      return found && (monitored(found) as MonitorNodeInfo);
    },
    /** 7.5.6 */
    async getMonitor({ region }) {
      const found = await one("GetCloudianMonitorRegion", { region });
      return found && (monitored(found) as MonitorSystemInfo);
    },
    /** 7.2.7 */
    async listEvents(query) {
      const events = await rows("GetCloudianMonitorEvents", { ...query });
      return events.map((each) => ({ ...each, ack: flag(each.ack) }) as unknown as MonitoringEvent);
    },
    /** 13.2.8 */
    async getUsage(query) {
      return (await rows("GetCloudianUsage", { ...query })) as unknown as UsageData[];
    },
  } satisfies Partial<AdminCalls>;
}

/** Lists by name: XML does not tell one of one element from the element. A disk's `status`, unlike others, is none. */
const lists = ["disks", "storageUse", "nodeStatuses"];

function monitored(elements: Elements, parent = ""): Record<string, unknown> {
  return mapProperties(elements, (content, name) => {
    const values = all(content).map((each) => {
      const inner = typeof each === "string" ? undefined : elementsOf(each);
      return inner ? monitored(inner, name) : each;
    });
    const isStatus = name === "status" && parent !== "disks" && typeof values[0] === "string";
    return lists.includes(name) || isStatus ? values : values[0];
  });
}

function billFrom(action: string, elements: Elements): Bill {
  const regionBills = elementsIn(elements.regionBills).flatMap((each) =>
    "region" in each ? [each] : Object.values(mapIn(each)).flatMap((part) => elementsIn(part)),
  );
  return {
    ...elements,
    startCal: momentIn(action, elements.startCal ?? ""),
    endCal: momentIn(action, elements.endCal ?? ""),
    regionBills: regionBills.map(({ items, whitelistItems, ...figures }) => ({
      ...figures,
      items: mapIn(items),
      whitelistItems: mapIn(whitelistItems),
    })),
  } as unknown as Bill;
}

/** A map in XML, which the document does not show: elements of the keys' names, or entries as Java writes them. */
function mapIn(content: Content | Content[] | undefined): Elements {
  const { entry, ...named } = elementsOf(content) ?? {};
  const pairs = elementsIn(entry).map(({ key, value = "" }) => [String(key), value]);
  return { ...Object.fromEntries(pairs), ...named };
}
