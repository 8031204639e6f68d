import { found } from "../answers.ts";
import type { Calls } from "./calls.ts";

/** Section 7.4.4. */
export interface MonitorStat {
  timestamp: string;
  value: string;
}
export interface ServiceStatus extends MonitorStat {
  ipaddr?: string | null;
  status: string[];
}

/** Section 7.4.3. Its other attributes are `MonitorStat` or, of services, `ServiceStatus`; null: not measured. */
export interface MonitorNodeInfo {
  disksInfo?: { disks: DiskInfo[]; timestamp: string } | null;
  status: ServiceStatus;
  [statistic: string]: unknown;
}
export interface DiskInfo {
  deviceName: string;
  diskAvailKb: string;
  diskIORead: string;
  diskIOWrite: string;
  diskTotalKb: string;
  diskUsedKb: string;
  mountPoint: string;
  status: string;
  storageUse: string[];
}

/** Section 7.5.3. Its other attributes are `MonitorStat`. */
export interface MonitorSystemInfo {
  nodeStatuses: ({ hostname: string } & ServiceStatus)[];
  status: ServiceStatus;
  [statistic: string]: unknown;
}

/** Section 7.2.5. */
export interface MonitoringEvent {
  ack: boolean;
  condition: string;
  conditionVal: string;
  count: number;
  eventType: string;
  nodeId: string;
  severityLevel: number;
  statId: string;
  timestamp: string;
  value: string;
}

interface InRegion {
  region?: string | undefined;
}

/** Chapter 7, what reads: nodes, statistics and events. */
export function monitorCalls({ get }: Calls) {
  return {
    /** 7.3 */
    listNodes: async ({ region }: InRegion) =>
      found<string[]>(await get("/monitor/nodelist", { region })) ?? [],
    /** 7.4 */
    getNode: async ({ nodeId, region }: InRegion & { nodeId: string }) =>
      found<MonitorNodeInfo>(await get("/monitor/host", { nodeId, region })),
    /** 7.5 */
    getMonitor: async ({ region }: InRegion) => found<MonitorSystemInfo>(await get("/monitor", { region })),
    /** 7.2: at most `limit` events. */
    listEvents: async (query: InRegion & { nodeId: string; showAck: boolean; limit: number }) =>
      found<MonitoringEvent[]>(await get("/monitor/events", { ...query })) ?? [],
    /** 7.6, whose syntax line has the path of 7.5: the example has this one. */
    getHistory: async (
      query: InRegion & { nodeId: string; statId: string; startTime: string; endTime: string },
    ) => found<MonitorStat[]>(await get("/monitor/history", { ...query })) ?? [],
  };
}
