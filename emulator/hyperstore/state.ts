import type { Bill } from "./bill.ts";
import { type Bucket, type Cluster, freshCluster } from "./cluster.ts";
import type { Monitored } from "./monitored.ts";
import { packagedPlans, type RatingPlan } from "./plans.ts";
import type { QosLimits } from "./qoslimits.ts";
import type { NotificationRule } from "./rules.ts";
import { freshUsage, type Usage } from "./usagedata.ts";

/** As on the wire (6.7): `active` is a string, `ldapEnabled` a boolean. */
export interface GroupInfo {
  active: string;
  groupId: string;
  groupName: string;
  ldapEnabled: boolean;
  ldapGroup: string;
  ldapMatchAttribute: string;
  ldapSearch: string;
  ldapSearchUserBase: string;
  ldapServerURL: string;
  ldapUserDNTemplate: string;
  s3endpointshttp: string[];
  s3endpointshttps: string[];
  s3websiteendpoints: string[];
}

interface Group {
  info: GroupInfo;
  /** Region to plan id. */
  ratingPlans: Record<string, string>;
}

/** As on the wire (14.5.4). */
export interface UserInfo {
  active: string;
  address1: string;
  address2: string;
  canonicalUserId: string;
  city: string;
  country: string;
  emailAddr: string;
  fullName: string;
  groupId: string;
  ldapEnabled: boolean;
  phone: string;
  state: string;
  userId: string;
  userType: string;
  website: string;
  zip: string;
}

export interface User {
  info: UserInfo;
  /** Apart from the profile because only the answer to PUT /user shows it (14.26.2, against 14.5.4). */
  fileEndpoints: string;
  /** When the deletion is complete, in milliseconds since 1970. */
  deletedAt?: number;
  password?: string;
  passwordExpired?: boolean;
  failedVerifications: number;
  lockedUntil?: number;
  buckets: Bucket[];
  iamUsers: string[];
  /** By IAM user, the actions that its policies allow. */
  iamPolicies?: Record<string, string[]>;
  ratingPlans: Record<string, string>;
  mfaDevices?: MfaDevice[];
}

export interface MfaDevice {
  serialNumber: string;
  /** In base32. */
  seed: string;
  /** When it was activated, as on the wire (14.11.4); null while it is not. */
  enableDate: string | null;
  /** By how many half minutes its clock is wrong. */
  drift: number;
}

export interface Credential {
  accessKey: string;
  secretKey: string;
  active: boolean;
  createDate: number;
  /** Canonical user id of the account root user. */
  owner: string;
  iamUser?: string;
}

/** As on the wire (8.1.5), but for the code that stays the same when its URL changes. */
export interface PublicUrl {
  allowRead: boolean;
  currentDownloads: number;
  expiryTime: string;
  maxDownloadNum: number;
  secure: boolean;
  url: string;
  trackingCode: string;
}

/** An S3 object, of which this API shows nothing but a public URL. */
export interface StoredObject {
  bucketName: string;
  objectName: string;
  /** Canonical user id; the owner of the bucket may be somebody else. */
  owner: string;
  sseC: boolean;
  /** Oldest first. */
  publicUrls: PublicUrl[];
}

/** What a system presents at a tiering destination: access key and secret key, or account name and account key. */
export interface TieringCredential {
  name: string;
  key: string;
}

/** The one of a system, "Default-WL" (2.2.4). */
export interface Allowlist {
  list: string[];
  name: string;
  ratingPlanId: string;
}

export interface State {
  /** The first one is the default service region. */
  regions: string[];
  groups: Map<string, Group>;
  /** By canonical user id, deleted users included. */
  users: Map<string, User>;
  /** By access key. */
  credentials: Map<string, Credential>;
  ratingPlans: Map<string, RatingPlan>;
  /** By region, group and user selector. */
  qos: Map<string, QosLimits>;
  /** By region: see `rulesOf`. */
  notificationRules: Map<string, NotificationRule[]>;
  /** By `objectKey`. */
  objects: Map<string, StoredObject>;
  allowlist: Allowlist;
  /** By sort of destination and bucket, the system default under no bucket. */
  tiering: Map<string, TieringCredential>;
  cluster: Cluster;
  /** By host name. */
  monitored: Map<string, Monitored>;
  usage: Usage;
  /** By whom they are for, and period. */
  bills: Map<string, Bill>;
}

/** "Empty" (2.1.2). */
export const freshAllowlist = (): Allowlist => ({
  list: [],
  name: "Default Allowlist",
  ratingPlanId: "Whitelist-RP",
});

/** A system as it comes out of the installer: the system group and its default administrator (14.1.3). */
export function freshState(regions: readonly string[] = ["region1"]): State {
  const canonicalUserId = "00000000000000000000000000000001";
  const [region = ""] = regions;
  return {
    regions: [...regions],
    groups: new Map([["0", { info: emptyGroup("0", "System Admin"), ratingPlans: {} }]]),
    users: new Map([
      [canonicalUserId, newUser({ ...emptyUser("0", "admin", "SystemAdmin"), canonicalUserId }, "")],
    ]),
    credentials: new Map(),
    ratingPlans: new Map(packagedPlans().map((plan) => [plan.id, plan])),
    qos: new Map(),
    notificationRules: new Map(),
    objects: new Map(),
    allowlist: freshAllowlist(),
    tiering: new Map(),
    cluster: freshCluster(region),
    monitored: new Map(),
    usage: freshUsage(),
    bills: new Map(),
  };
}

export function emptyGroup(groupId: string, groupName = ""): GroupInfo {
  return {
    active: "true",
    groupId,
    groupName,
    ldapEnabled: false,
    ldapGroup: "",
    ldapMatchAttribute: "",
    ldapSearch: "",
    ldapSearchUserBase: "",
    ldapServerURL: "",
    ldapUserDNTemplate: "",
    s3endpointshttp: ["ALL"],
    s3endpointshttps: ["ALL"],
    s3websiteendpoints: ["ALL"],
  };
}

export function emptyUser(groupId: string, userId: string, userType: string): UserInfo {
  return {
    active: "true",
    address1: "",
    address2: "",
    canonicalUserId: "",
    city: "",
    country: "",
    emailAddr: "",
    fullName: "",
    groupId,
    ldapEnabled: false,
    phone: "",
    state: "",
    userId,
    userType,
    website: "",
    zip: "",
  };
}

export function newUser(info: UserInfo, fileEndpoints: string): User {
  return { info, fileEndpoints, failedVerifications: 0, buckets: [], iamUsers: [], ratingPlans: {} };
}

/** No bucket's name has a slash. */
export const objectKey = (bucketName: string, objectName: string): string => `${bucketName}/${objectName}`;
