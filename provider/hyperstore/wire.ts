/** The Admin API's objects as they travel, names and oddities kept. Unlisted attributes are kept when an object is sent back. */

/** Section 6.7.3. The endpoint lists are spelled with one or two h before "http", even within one document. */
export interface GroupInfo {
  groupId: string;
  active?: string;
  groupName?: string | null;
  ldapEnabled?: boolean;
  [attribute: string]: unknown;
}

/** Section 14.1.2. */
export interface UserKey {
  groupId: string;
  userId: string;
}

/** Section 14.26.3. */
export interface UserInfo {
  userId: string;
  groupId: string;
  userType: string;
  active?: string;
  canonicalUserId?: string;
  [attribute: string]: unknown;
}

/** Section 14.27.4. */
export interface SecurityInfo {
  accessKey: string;
  /** Absent where the API answers a reader that may not see secrets. */
  secretKey?: string;
  active: boolean;
  /** Milliseconds since the epoch. */
  createDate?: number | string;
}

/** Section 4.2.4, which names no attributes but these two. */
export interface StoragePolicy {
  policyId: string;
  policyName: string;
  [attribute: string]: unknown;
}

/** Section 4.1.3. */
export interface PolicyBuckets {
  policyId: string;
  policyName: string;
  buckets: string[];
}

/** Section 5.3.4: by user, bucket and tag. */
export interface BucketTags {
  nextUserId?: string | null;
  userBucket?: Record<string, Record<string, Record<string, string>>>;
}

/** Section 11.1.4. What is counted is unknown because it may be beyond what a number holds: see `count`. */
export interface AuditData {
  byteCount: unknown;
  objectCount: unknown;
  tieredBytesCount: unknown;
  userCount: unknown;
  licenseExpiration: unknown;
  timestamp: unknown;
  nodes?: { name: string }[] | null;
  os?: string | null;
}

/** Section 11.3.3. */
export interface UserBuckets {
  userId: string;
  buckets: { bucketName: string; createTime?: string; region?: string; policyName?: string }[];
}

/** Section 11.4.4. */
export interface UserBucketUsage {
  userId: string;
  buckets: { bucketName: string; byteCount: unknown; objectCount: unknown; policyName?: string }[];
}

/** Sections 11.8.4 and 11.9.3. */
export interface UserUsage {
  canonicalUserId: string;
  userId: string;
  usageVal: unknown;
}

/** Section 11.10.2. */
export interface LicenseData {
  licenseNumber?: string;
  [attribute: string]: unknown;
}

/** Section 10.5.3. Numbers are strings; the rules are by the dimensions' acronyms, such as "SB". */
export interface RatingPlanInfo {
  id: string;
  name: string;
  currency?: string;
  mapRules?: Record<string, RuleClass> | null;
  [attribute: string]: unknown;
}

interface RuleClass {
  ruleclassType: string;
  rules: { first: string; second: string }[];
}

/** Section 10.3.2. */
export type RatingPlanRow = Pick<RatingPlanInfo, "id" | "name" | "currency">;

/** Section 9.2.4. */
export interface QosLimitSettings {
  groupId: string;
  userId: string;
  qosLimitList: { type: string; value: number }[];
}

/** Section 2.2.4. */
export interface AllowlistInfo {
  id: string;
  list: string[];
  name: string;
  ratingPlanId: string;
  [attribute: string]: unknown;
}

/** Section 8.1.2: whose object it is, and which one. */
export interface ObjectKey extends UserKey {
  bucketName: string;
  objectName: string;
}

/** Section 8.2.5. */
export interface PublicUrlPermissions {
  allowRead: boolean;
  /** Milliseconds since the epoch. */
  expiryTime: string;
  maxDownloadNum: number;
  secure: boolean;
}

/** Section 8.1.5. */
export interface PublicUrlAccess extends Partial<PublicUrlPermissions> {
  url?: string | null;
  currentDownloads?: number;
}

/** Who has a rating plan in a region (sections 6.6, 14.24): a group, or a user. */
export interface Customer {
  groupId: string;
  userId?: string | undefined;
  region?: string | undefined;
}

/** Section 14.11.4. */
export interface MfaDevice {
  EnableDate: string;
  SerialNumber: string;
}

/** Section 7.11.4. `region` is blank in a list. */
export interface NotificationRuleInfo {
  ruleId: string;
  statId: string;
  condition?: string | null;
  conditionVal?: string | number | null;
  email?: string | null;
  enabled: boolean;
  severityLevel: number;
  snmpTrap: boolean;
  [attribute: string]: unknown;
}
