import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import type { DiskInfo, MonitorStat, ServiceStatus } from "../client/monitor.ts";
import { count, decimal } from "../counts.ts";
import { hyperstore } from "../system.ts";

export const region = z
  .string()
  .min(1)
  .optional()
  .describe("Service region. Absent means the system's default region. Section 7.4.2.");
export const nodeId = z
  .string()
  .min(1)
  .describe("Host name of the node, as `listNodes` answers it. Section 7.4.2.");
const milliseconds = "in milliseconds since 1970 UTC.";

const statuses =
  "`OK`: all services run, and no event waits for an acknowledgement. `SVC_DOWN`: a service is down. `LOG_WARN`, `LOG_ERR`: a service's log has warnings or errors that nobody acknowledged.";
const status = {
  status: z.array(z.string()).describe(`One or more of these. ${statuses} Section 7.4.4.`),
  timestamp: z.int().describe(`When that was found out, ${milliseconds} Section 7.4.4.`),
};
const serviceStatus = z
  .object({
    ...status,
    ipaddr: z
      .string()
      .optional()
      .describe("IP address of the node; only of a single service. Section 7.4.4."),
  })
  .meta({ title: "ServiceStatus" });

export const statistic = z
  .object({
    value: z.number().describe("The value, in the statistic's own unit. Section 7.4.4."),
    timestamp: z.int().describe(`When it was measured, ${milliseconds} Section 7.4.4.`),
  })
  .meta({ title: "MonitorStatistic" });
const statistics = z.record(z.string(), statistic);
const disksAndRequests =
  "`diskTotalKb`, `diskUsedKb`, `diskAvailKb`: KiB of the disks that hold objects and their metadata; `s3GetTPS`, `s3PutTPS`: requests per second; `s3GetThruput`, `s3PutThruput`: bytes per second; `s3GetLatency`, `s3PutLatency`: milliseconds within which 95% of the last 1000 requests were answered (GET with HEAD, PUT with POST).";

export const listNodes = providerFunction({
  token: "tenantry:hyperstore:listNodes",
  describe: "Host names of the nodes of a service region. Admin API 8.2, section 7.3.",
  inputs: z.strictObject({ region }),
  outputs: z.object({
    nodes: z.array(z.string()).describe("Host names, which the other functions call `nodeId`. Section 7.3."),
  }),
  connect: hyperstore,
  call: async (api, args) => ({ nodes: await api.listNodes(args) }),
});

export const getNode = providerFunction({
  token: "tenantry:hyperstore:getNode",
  describe:
    "What is monitored of a node right now: its services, its disks and its statistics. An error when there is no such node. Admin API 8.2, section 7.4.",
  inputs: z.strictObject({ nodeId, region }),
  outputs: z.object({
    status: serviceStatus.describe("Status of the node as a whole. Section 7.4.4."),
    services: z
      .record(z.string(), serviceStatus)
      .describe(
        "Status of each service: `svcAdmin`, `svcCassandra`, `svcHyperstore`, `svcRedisCred`, `svcRedisMon`, `svcRedisQos`, `svcS3`. Section 7.4.4.",
      ),
    disks: z
      .array(
        z
          .object({
            deviceName: z.string().describe("Name of the device. Section 7.4.4."),
            mountPoint: z.string().describe("Where the disk is mounted. Section 7.4.4."),
            status: z.string().describe("`OK`, `ERROR` or `DISABLED`. Section 7.4.4."),
            storageUse: z
              .array(z.string())
              .describe(
                "What is stored on it: `CASSANDRA` metadata, `REDIS` metadata, `LOG` logs, `HS` replicated objects, `EC` erasure-coded objects; `NOTAVAIL` when that is not known. Section 7.4.4.",
              ),
            diskTotalKiB: z.int().describe("Capacity in KiB. Section 7.4.4."),
            diskUsedKiB: z.int().describe("Used space in KiB. Section 7.4.4."),
            diskAvailKiB: z
              .int()
              .describe(
                "Free space in KiB, without what is reserved for the system and the stop-write buffer of data disks. Section 7.4.4.",
              ),
            diskIORead: z.number().describe("Bytes read per second, over the last minute. Section 7.4.4."),
            diskIOWrite: z
              .number()
              .describe("Bytes written per second, over the last minute. Section 7.4.4."),
          })
          .meta({ title: "DiskInfo" }),
      )
      .describe("The disks of the node. Section 7.4.4."),
    statistics: statistics.describe(
      `Statistics by the vendor's names; one that is not measured is absent. ${disksAndRequests} \`diskIORead\`, \`diskIOWrite\`, \`ioRx\`, \`ioTx\`: bytes per second of the disks and of the network; \`cpu\`: used share, 0 to 1; \`adminHeapUsed\`, \`cassHeapUsed\`, \`hyperStoreHeapUsed\`, \`s3HeapUsed\` and the same with \`Max\`: bytes of the services' Java heaps; \`cassParNewGCCCount\`, \`cassMSGCCCount\`, \`cassCopyGCCCount\`: garbage collections since Cassandra's start, and \`cassParNewGCTime\`, \`cassMSGCTime\`, \`cassCopyGCTime\`: milliseconds spent on them.`,
    ),
  }),
  connect: hyperstore,
  async call(api, args) {
    const node = await api.getNode(args);
    if (!node)
      throw new ProviderError(
        "refused",
        `there is no node "${args.nodeId}": listNodes answers those that there are`,
      );
    const { disksInfo, status, ...others } = node;
    const services = Object.entries(others).filter((pair): pair is [string, ServiceStatus] =>
      isService(pair[1]),
    );
    return {
      status: readStatus(status, "status"),
      services: Object.fromEntries(services.map(([name, each]) => [name, readStatus(each, name)])),
      disks: (disksInfo?.disks ?? []).map(readDisk),
      statistics: readStatistics(others),
    };
  },
});

export const getMonitor = providerFunction({
  token: "tenantry:hyperstore:getMonitor",
  describe:
    "What is monitored of a service region right now: its nodes, and its statistics over all of them. Admin API 8.2, section 7.5.",
  inputs: z.strictObject({ region }),
  outputs: z.object({
    status: serviceStatus.describe(
      "Status of the region as a whole: `OK`, or `SVC_DOWN` when a service is down on one or more nodes. Section 7.5.4.",
    ),
    nodes: z
      .array(
        z
          .object({ hostname: z.string().describe("Host name of the node. Section 7.5.4."), ...status })
          .meta({ title: "NodeStatus" }),
      )
      .describe("Status of each node. Section 7.5.4."),
    statistics: statistics.describe(
      `Statistics of the whole region by the vendor's names; one that is not measured is absent. ${disksAndRequests} Section 7.5.4.`,
    ),
  }),
  connect: hyperstore,
  async call(api, args) {
    const system = await api.getMonitor(args);
    if (!system)
      throw new ProviderError("refused", "HyperStore answered that it has no monitoring data of the region");
    const { nodeStatuses, status, ...others } = system;
    return {
      status: readStatus(status, "status"),
      nodes: nodeStatuses.map(({ hostname, ...each }) => ({ hostname, ...readStatus(each, hostname) })),
      statistics: readStatistics(others),
    };
  },
});

const isStatistic = (value: unknown): value is MonitorStat =>
  typeof value === "object" && value !== null && "value" in value && "timestamp" in value;
const isService = (value: unknown): value is ServiceStatus =>
  isStatistic(value) && "status" in value && Array.isArray(value.status);

function readStatus({ status, timestamp, ipaddr }: ServiceStatus, whose: string) {
  return { status, timestamp: count(timestamp, `the timestamp of ${whose}`), ipaddr: ipaddr || undefined };
}

function readStatistics(attributes: Record<string, unknown>) {
  const found = Object.entries(attributes).filter(
    (pair): pair is [string, MonitorStat] => isStatistic(pair[1]) && !isService(pair[1]),
  );
  return Object.fromEntries(found.map(([name, stat]) => [name, readStatistic(stat, name)]));
}

export const readStatistic = ({ value, timestamp }: MonitorStat, name: string) => ({
  value: decimal(value, name),
  timestamp: count(timestamp, `the timestamp of ${name}`),
});

function readDisk({ deviceName, mountPoint, status, storageUse, ...figures }: DiskInfo) {
  const whole = (name: keyof typeof figures) => count(figures[name], `${name} of ${deviceName}`);
  return {
    deviceName,
    mountPoint,
    status,
    storageUse,
    diskTotalKiB: whole("diskTotalKb"),
    diskUsedKiB: whole("diskUsedKb"),
    diskAvailKiB: whole("diskAvailKb"),
    diskIORead: decimal(figures.diskIORead, `diskIORead of ${deviceName}`),
    diskIOWrite: decimal(figures.diskIOWrite, `diskIOWrite of ${deviceName}`),
  };
}
