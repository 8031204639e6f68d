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
  /** From Tentacle on. */
  account_id?: string;
}

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
