/** What a radosgw says of a user (Admin Ops, Get User Info), with what its releases add. */
export interface UserInfo {
  tenant: string;
  /** Without the tenant. */
  user_id: string;
  display_name: string;
  email: string;
  /** 0 or 1. */
  suspended: number;
  /** 0 for no limit, negative for none at all. */
  max_buckets: number;
  subusers: SubuserInfo[];
  keys: KeyInfo[];
  swift_keys: SwiftKeyInfo[];
  caps: CapInfo[];
  /** "read, write, delete", or "<none>". */
  op_mask: string;
  default_placement: string;
  default_storage_class: string;
  placement_tags: string[];
  bucket_quota: QuotaInfo;
  user_quota: QuotaInfo;
  /** "rgw" for those of the cluster itself. */
  type: string;
  /** From Tentacle on. */
  account_id?: string;
  /** From Tentacle on. */
  create_date?: string;
  /** Only where they are asked for. */
  stats?: UsageInfo;
}

export type KeylessUserInfo = Omit<UserInfo, "keys" | "swift_keys">;

export interface SubuserInfo {
  /** "uid:name" */
  id: string;
  /** "read", "write", "read-write", "full-control" or "<none>". */
  permissions: string;
}

export interface KeyInfo {
  /** "uid", or "uid:subuser". */
  user: string;
  access_key: string;
  secret_key: string;
  /** From Tentacle on. */
  active?: boolean;
}

export type SwiftKeyInfo = Omit<KeyInfo, "access_key">;

export interface CapInfo {
  type: string;
  perm: string;
}

/** -1 for no limit. */
export interface QuotaInfo {
  enabled: boolean;
  check_on_raw: boolean;
  /** Bytes. */
  max_size: number;
  max_objects: number;
}

/** Per minute and per radosgw, 0 for no limit. */
export interface RateLimitInfo {
  max_read_ops: number;
  max_write_ops: number;
  max_read_bytes: number;
  max_write_bytes: number;
  enabled: boolean;
}

/** What a radosgw says of a bucket (Admin Ops, Get Bucket Info), with what its releases add. */
export interface BucketInfo {
  bucket: string;
  /** "" for none. */
  tenant: string;
  id: string;
  /** A uid, or from Tentacle on the id of an account. */
  owner: string;
  zonegroup: string;
  placement_rule: string;
  num_shards: number;
  index_type: string;
  /** From Reef on: "off", "enabled" or "suspended". */
  versioning?: string;
  /** From Reef on. */
  object_lock_enabled?: boolean;
  /** From Reef on. */
  mfa_enabled?: boolean;
  creation_time: string;
  mtime: string;
  usage: BucketUsage;
  bucket_quota: QuotaInfo;
}

/** By category, such as "rgw.main"; those of which there is nothing are left out. */
export type BucketUsage = Record<string, UsageInfo>;

/** Bytes, but for the number of objects. */
export interface UsageInfo {
  size: number;
  size_actual: number;
  num_objects: number;
}

/** Whom a bucket or an object is open to (Admin Ops, Get Bucket or Object Policy). */
export interface AclInfo {
  acl: { grant_map: { grant: GrantInfo }[] };
  owner: { id: string; display_name: string };
}

/** Before Tentacle, what does not go with the type is there and empty. */
export interface GrantInfo {
  /** 0 a user, 1 an e-mail address, 2 a group, 4 a referer. */
  type: { type: number };
  id?: string;
  name?: string;
  email?: string;
  /** 1 everyone, 2 everyone who is authenticated. */
  group?: number;
  url_spec?: string;
  /** Bits. */
  permission: { flags: number };
}

/** What the bucket's index says of its contents, and what counting its entries says (Admin Ops, Check Bucket Index). */
export interface IndexCheck {
  invalid_multipart_entries: string[];
  check_result: { existing_header: { usage: BucketUsage }; calculated_header: { usage: BucketUsage } };
}

/** Admin Ops, Get Usage. */
export interface UsageLog {
  entries?: { user: string; buckets: BucketTraffic[] }[];
  summary?: { user: string; categories: Traffic[]; total: Omit<Traffic, "category"> & Partial<S3Select> }[];
}

/** What one bucket was asked for in one hour. */
export interface BucketTraffic {
  bucket: string;
  owner: string;
  time: string;
  epoch: number;
  categories: Traffic[];
  /** From Reef on. */
  s3select?: S3Select;
}

export interface Traffic {
  category: string;
  bytes_sent: number;
  bytes_received: number;
  ops: number;
  successful_ops: number;
}

export interface S3Select {
  bytes_processed: number;
  bytes_returned: number;
}

/** What a radosgw says of an account, from Tentacle on. Of the limits, negative is none. */
export interface AccountInfo {
  id: string;
  tenant: string;
  name: string;
  email: string;
  quota: QuotaInfo;
  bucket_quota: QuotaInfo;
  max_users: number;
  max_roles: number;
  max_groups: number;
  max_buckets: number;
  max_access_keys: number;
}
