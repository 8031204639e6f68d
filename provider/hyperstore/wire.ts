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

/** Section 11.3. */
export interface UserBuckets {
  userId: string;
  buckets: { bucketName: string; region?: string }[];
}
