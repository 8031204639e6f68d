import { sameSet } from "../../resource/diff.ts";
import { ProviderError } from "../../resource/errors.ts";
import type { Query } from "../client/calls.ts";
import type { Conflict } from "../client/user.ts";
import type { KeylessUserInfo, UserInfo } from "../client/wire.ts";
import { lowered } from "../rules.ts";
import type { Inputs } from "./fields.ts";

const operations = ["read", "write", "delete"] as const;

/** "<none>" is one without any. */
export const opMaskOf = (wire: string): Inputs["opMask"] => operations.filter((each) => wire.includes(each));

export const placementOf = ({
  default_placement,
  default_storage_class,
  placement_tags,
}: KeylessUserInfo) => ({
  defaultPlacement: default_placement || undefined,
  // The usual class is "" to some releases.
  defaultStorageClass: default_placement ? default_storage_class || "STANDARD" : undefined,
  placementTags: placement_tags.length > 0 ? placement_tags : undefined,
});

/** The parameters of Modify User that make the profile what the program says; of Create User, where there is none yet. */
export function profileQuery(want: Inputs, user?: UserInfo): Query {
  const { displayName, email = "", suspended, maxBuckets, opMask, placementTags } = want;
  const was = user && placementOf(user);
  const hasTags = sameSet(placementTags ?? [], was?.placementTags ?? []);
  return present({
    "display-name": displayName === user?.display_name ? undefined : displayName,
    email: email === lowered(user?.email ?? "") ? undefined : email,
    suspended: suspended === Boolean(user?.suspended) ? undefined : suspended,
    "max-buckets": maxBuckets === user?.max_buckets ? undefined : maxBuckets,
    // No word for none is documented: one that a radosgw does not know is none to it (measured).
    "op-mask": sameSet(opMask, opMaskOf(user?.op_mask ?? "read, write, delete"))
      ? undefined
      : opMask.join(", ") || "none",
    "default-placement": isPlaced(want, was) ? undefined : placement(want),
    "placement-tags": placementTags === undefined || hasTags ? undefined : placementTags.join(","),
  });
}

const present = (query: Query): Query =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));

const isPlaced = ({ defaultPlacement, defaultStorageClass }: Inputs, was: Partial<Inputs> = {}) =>
  defaultPlacement === undefined ||
  (defaultPlacement === was.defaultPlacement &&
    (defaultStorageClass ?? was.defaultStorageClass) === was.defaultStorageClass);

/** Placement and class are one parameter, as in "default-placement/COLD". */
const placement = ({ defaultPlacement, defaultStorageClass = "STANDARD" }: Inputs) =>
  defaultStorageClass === "STANDARD" ? defaultPlacement : `${defaultPlacement}/${defaultStorageClass}`;

export function refusalOf(conflict: Conflict, { uid, email }: Inputs, accessKey?: string): Error {
  const reason =
    conflict === "EmailExists"
      ? `another user has the e-mail address ${email}: no two users may have the same`
      : `access key ${accessKey} belongs to another user, and stays theirs: give the key another pair`;
  return new ProviderError("refused", `Ceph User "${uid}": 409 ${conflict}: ${reason}`);
}
