/** As on the wire (7.2.4). */
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

/** As on the wire (7.4.3). */
interface DiskInfo {
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

/** What the system measures on a node, and has to say of it. */
export interface Monitored {
  /** From when on there is a history, in milliseconds since 1970. */
  since: number;
  /** Null: not measured, such as a kind of garbage collection that the Java machine does not make. */
  statistics: Record<string, string | null>;
  disks: DiskInfo[];
  /** By service: "OK", or what else is the matter. */
  services: Record<string, string[]>;
  events: { event: MonitoringEvent; acknowledgedAt?: number }[];
}

/** A node where nothing is the matter, with the figures of the sample in 7.4.3. */
export function freshMonitored(): Monitored {
  return {
    since: Date.now(),
    statistics: {
      adminHeapMax: "409075712",
      adminHeapUsed: "109849080",
      cassMSGCCCount: "3",
      cassMSGCTime: "151",
      cassCopyGCCCount: null,
      cassCopyGCTime: null,
      cassHeapMax: "2086666240",
      cassHeapUsed: "1233215776",
      cassParNewGCCCount: "4882",
      cassParNewGCTime: "87598",
      cpu: "0.06",
      diskAvailKb: "21912316",
      diskIORead: "0",
      diskIOWrite: "93811",
      diskTotalKb: "36056096",
      diskUsedKb: "13330724",
      hyperStoreHeapMax: "1635909632",
      hyperStoreHeapUsed: "139187600",
      ioRx: "17216",
      ioTx: "28179",
      s3GetLatency: null,
      s3GetTPS: null,
      s3GetThruput: "0",
      s3HeapMax: "818020352",
      s3HeapUsed: "164786136",
      s3PutLatency: "18.4",
      s3PutTPS: "0.0",
      s3PutThruput: "0",
    },
    disks: [
      {
        deviceName: "/dev/mapper/vg0-root",
        diskAvailKb: "1776316",
        diskIORead: "724419584",
        diskIOWrite: "471087837184",
        diskTotalKb: "15874468",
        diskUsedKb: "13285096",
        mountPoint: "/",
        status: "OK",
        storageUse: ["CASSANDRA", "REDIS", "LOG"],
      },
      {
        deviceName: "/dev/vdb1",
        diskAvailKb: "20135940",
        diskIORead: "3163136",
        diskIOWrite: "50221056",
        diskTotalKb: "20181628",
        diskUsedKb: "45688",
        mountPoint: "/cloudian1",
        status: "OK",
        storageUse: ["HS"],
      },
    ],
    services: {
      svcAdmin: ["OK"],
      svcCassandra: ["OK"],
      svcHyperstore: ["OK"],
      svcRedisCred: ["OK"],
      svcRedisMon: ["OK"],
      svcRedisQos: ["OK"],
      svcS3: ["OK"],
    },
    events: [],
  };
}
