import { randomBytes } from "node:crypto";

/** A bucket as far as the Admin API knows of it. The first four attributes are as on the wire (11.3.3). */
export interface Bucket {
  bucketName: string;
  createTime: string;
  region: string;
  policyName: string;
  /** Null for one made before 7.0 that was never purged (5.2.3). */
  bucketId: string | null;
  tags: Record<string, string>;
  byteCount: number;
  objectCount: number;
  /** In tiering destinations other than HyperStore. */
  tieredBytes: number;
  objectLock: boolean;
  /** While a cleanUpdatesInRange job runs on it: when that ends. */
  cleaningUntil: number | null;
}

export function newBucket(bucketName: string, region: string, policyName: string): Bucket {
  return {
    bucketName,
    createTime: String(Date.now()),
    region,
    policyName,
    bucketId: newId(),
    tags: {},
    byteCount: 0,
    objectCount: 0,
    tieredBytes: 0,
    objectLock: false,
    cleaningUntil: null,
  };
}

/** Policies and buckets have ids of this form (4.1.3, 5.2.4). */
export const newId = (): string => randomBytes(16).toString("hex");

/** Made and changed in the CMC alone. The document names only the first two attributes (4.2.4). */
interface StoragePolicy {
  policyId: string;
  policyName: string;
  region: string;
  /** The groups that it is for; null for all. */
  groups: string[] | null;
  status: "pending" | "active" | "disabled" | "deleted" | "failed";
}

interface Node {
  hostname: string;
  address: string;
  region: string;
  dataCenter: string;
}

/** 11.10.2 */
interface License {
  appliances: { nodeId: string; maxStorage: string; productName: string }[] | null;
  expiration: number;
  maxNetStorage: string | null;
  maxRawStorage: string | null;
  maxTieredStorage: string;
  objectLockMode: "DISABLED" | "COMPATIBLE" | "CERTIFIED";
  storageExceeded: boolean;
  storageMode: "NET" | "RAW";
  tieringExceeded: boolean;
  [attribute: string]: unknown;
}

/** What was counted at an update of the audit data (11.1.3). */
export interface Audit {
  timestamp: number;
  regions: Record<string, { byteCount: number; objectCount: number; tieredBytesCount: number }>;
  userCount: number;
}

/** What stands below the tenants. */
export interface Cluster {
  policies: StoragePolicy[];
  nodes: Node[];
  license: License;
  /** Whether bytes and objects are counted by bucket: off by default (11.4.3). */
  bucketCounters: boolean;
  /** HyperStore Shell on and no root password, which "Certified" Object Lock waits for (11.12.2). */
  hardened: boolean;
  audit: Audit | null;
}

export function freshCluster(region: string): Cluster {
  return {
    policies: [{ policyId: newId(), policyName: "rf3", region, groups: null, status: "active" }],
    nodes: [1, 2, 3].map((n) => ({
      hostname: `centos7-vm${n}`,
      address: `10.50.50.20${n}`,
      region,
      dataCenter: "DC1",
    })),
    license: {
      appliances: null,
      enforcing: true,
      environment: null,
      expiration: Date.UTC(2099, 0, 1),
      externalLicense: null,
      gracePeriod: 0,
      hyperIQ: "90",
      issued: 1586751232344,
      licenseHolder: "Acme Enterprises",
      maxNetStorage: "100T",
      maxRawStorage: null,
      maxTieredStorage: "-1",
      objectLockMode: "DISABLED",
      phoneHomeBucket: "acmebucket",
      storageExceeded: false,
      storageMode: "NET",
      tieringExceeded: false,
      warnPeriod: 30,
    },
    bucketCounters: false,
    hardened: false,
    audit: null,
  };
}
