import * as z from "zod";
import {
  immutable,
  secret,
  serverDefault,
  text,
  unmanaged,
  unordered,
  writeOnly,
} from "../../resource/fields.ts";
import { goesWithSwift, subuserFields } from "../access.ts";
import { quotaFields, rateLimitFields } from "../limits.ts";
import { accessKey, capSet, lowered, plain, secretKey, subuserName, uid, uidHelp } from "../rules.ts";

const rotate = writeOnly(plain).optional();

const key = z
  .strictObject({
    accessKey: serverDefault(accessKey)
      .optional()
      .describe(
        "Access key, where the program chooses it, up to 128 characters; a pair that this user has already is taken as it is. Without it the provider chooses one that begins with the key's name. Admin Ops, Create Key, `access-key`.",
      ),
    secretKey: serverDefault(secret(secretKey))
      .optional()
      .describe(
        "Secret key that goes with `accessKey`; without it the provider makes one. Admin Ops, Create Key, `secret-key`.",
      ),
    subuser: plain
      .optional()
      .describe("Name of one of `subusers`, for whom the key is. Admin Ops, Create Key, `subuser`."),
    rotate: rotate.describe(
      "Any text: changing it makes a new pair in place of the one that the provider chose. See `keepPrevious`.",
    ),
    keepPrevious: writeOnly(z.int().min(0).max(1))
      .default(1)
      .describe(
        "How many earlier pairs stay valid after a change of pair, 0 or 1. What depends on the pair is updated only after the user, so the earlier one is needed until then; it goes with the next change, or when this is set to 0.",
      ),
  })
  .superRefine(({ accessKey, secretKey, rotate: value }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (secretKey !== undefined && accessKey === undefined)
      issue("accessKey", "is required beside secretKey: give both, or neither for a new pair");
    if (value !== undefined && accessKey !== undefined)
      issue("rotate", "cannot go with accessKey: to rotate a given pair, give another one");
  });

const subuser = z
  .strictObject({
    ...subuserFields,
    rotate: rotate.describe(
      "Any text: changing it gives the Swift key that the provider chose a new secret, at once. A first text after an import changes nothing.",
    ),
  })
  .superRefine(goesWithSwift);

const quota = z.strictObject(quotaFields);

export const inputs = z
  .strictObject({
    uid: immutable(uid).describe(`${uidHelp} Admin Ops, Create User, \`uid\`.`),
    displayName: plain.describe("Display name. Admin Ops, Create User, `display-name`."),
    email: text(plain)
      .transform((value) => value && lowered(value))
      .describe(
        "E-mail address, of which no two users have the same; compared without regard to case, as the cluster does. Absent for none. Admin Ops, Create User, `email`.",
      ),
    suspended: z
      .boolean()
      .default(false)
      .describe("Whether the user is suspended. Admin Ops, Create User, `suspended`."),
    maxBuckets: serverDefault(
      z
        .int()
        .min(-1)
        .max(2 ** 31 - 1),
    )
      .optional()
      .describe(
        "Most buckets that the user may own; 0 for no limit, -1 for none at all. Absent for what the cluster chooses, usually 1000. Admin Ops, Create User, `max-buckets`.",
      ),
    opMask: unordered(z.array(z.enum(["read", "write", "delete"])))
      .default(["read", "write", "delete"])
      .describe("What the user may do at all. Admin Ops, Modify User, `op-mask`."),
    defaultPlacement: serverDefault(plain.regex(/^[^/]+$/, { error: 'must have no "/"' }))
      .optional()
      .describe(
        "Placement target of new buckets, which the zone must have. It can be changed but not taken back. Ceph, Pool Placement and Storage Classes.",
      ),
    defaultStorageClass: serverDefault(plain.regex(/^[^/]+$/, { error: 'must have no "/"' }))
      .optional()
      .describe(
        "Storage class of new objects, which the placement target must have; together with `defaultPlacement`. Ceph, Pool Placement and Storage Classes.",
      ),
    placementTags: serverDefault(
      unordered(z.array(plain.regex(/^[^,\s]+$/, { error: "must have no commas or spaces" })).min(1)),
    )
      .optional()
      .describe(
        "Tags that open placement targets to the user. They can be changed but not taken back. Ceph, Pool Placement and Storage Classes.",
      ),
    caps: capSet
      .default({})
      .describe(
        "Admin capabilities by their type: `read`, `write`, or `*` for both. Admin Ops, Add A User Capability.",
      ),
    userQuota: unmanaged(quota)
      .optional()
      .describe("Quota of all that the user owns. Absent to leave it as it is. Admin Ops, Quotas."),
    bucketQuota: unmanaged(quota)
      .optional()
      .describe(
        "Quota of each bucket that has none of its own. Absent to leave it as it is. Admin Ops, Quotas.",
      ),
    rateLimit: unmanaged(z.strictObject(rateLimitFields))
      .optional()
      .describe(
        "How many requests and bytes per minute the user may have through each radosgw. Absent to leave it as it is. From Ceph Reef (18) on. Ceph, Rate Limit Management.",
      ),
    subusers: z
      .record(subuserName, subuser)
      .default({})
      .describe("Subusers by their names, without the uid. Admin Ops, Create Subuser."),
    keys: z
      .record(plain.max(128), key)
      .default({})
      .describe(
        "S3 keys by names that only the program knows them by; `credentials` has the pairs. Without any, the user has none. Admin Ops, Create Key.",
      ),
    exclusive: writeOnly(z.boolean())
      .default(false)
      .describe(
        "Whether the user may have no keys, subusers and caps but those listed: any others then are drift, and an update removes them. Otherwise they are left alone, and only the outputs `otherKeys`, `otherSubusers` and `otherCaps` show them, which no drift job looks at.",
      ),
    purgeData: writeOnly(z.boolean())
      .default(false)
      .describe(
        "Whether deleting the user deletes its buckets and objects. Without it, a user who still owns buckets is not deleted. Admin Ops, Remove User, `purge-data`.",
      ),
  })
  .superRefine(({ defaultStorageClass, defaultPlacement, keys, subusers, exclusive }, context) => {
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (defaultStorageClass !== undefined && defaultPlacement === undefined)
      issue(["defaultPlacement"], "is required beside defaultStorageClass");
    const given = new Map<string, string>();
    for (const [each, { accessKey, subuser: of }] of Object.entries(keys)) {
      const other = accessKey === undefined ? undefined : given.get(accessKey);
      if (other !== undefined) issue(["keys", each, "accessKey"], `is that of key "${other}" already`);
      if (accessKey !== undefined) given.set(accessKey, each);
      if (exclusive && of !== undefined && !Object.hasOwn(subusers, of))
        issue(
          ["keys", each, "subuser"],
          `must be one of subusers: ${Object.keys(subusers).join(", ") || "none is listed"}`,
        );
    }
  });
export type Inputs = z.output<typeof inputs>;
export type KeyInputs = Inputs["keys"][string];

const pair = z.object({
  accessKey: z.string().describe("The access key."),
  secretKey: secret(z.string()).describe("The secret key."),
  rotate: z.string().optional().describe("The `rotate` that it was made with."),
  previousAccessKey: z
    .string()
    .optional()
    .describe("The access key before the last change of pair, while it is valid."),
  previousSecretKey: secret(z.string())
    .optional()
    .describe("The secret key that goes with `previousAccessKey`."),
  previousRotate: z.string().optional().describe("The `rotate` that the previous pair was made with."),
});
export type Pair = z.output<typeof pair>;

const others = z.array(z.string()).optional();

export const outputs = z.object({
  credentials: z
    .record(z.string(), pair)
    .describe("The pairs of `keys`, by the same names. Admin Ops, Get User Info."),
  swiftKeys: z
    .record(
      z.string(),
      z.object({
        user: z.string().describe("The Swift user, as in `uid:name`."),
        secretKey: secret(z.string()).describe("The secret key."),
        rotate: z
          .string()
          .optional()
          .describe("The `rotate` that it was made with, empty without; absent after an import."),
      }),
    )
    .optional()
    .describe("The Swift keys of `subusers`, by the same names, if there are any. Admin Ops, Get User Info."),
  maxBuckets: z.int().describe("Most buckets that the user may own. Admin Ops, Get User Info."),
  defaultPlacement: z.string().optional().describe("Placement target of new buckets, if one was ever set."),
  defaultStorageClass: z
    .string()
    .optional()
    .describe("Storage class of new objects, if a placement was ever set."),
  placementTags: z
    .array(z.string())
    .optional()
    .describe("Tags that open placement targets to the user, if there are any."),
  otherKeys: others.describe("Access keys of the user that are not listed in `keys`, if there are any."),
  otherSubusers: others.describe("Subusers that are not listed in `subusers`, if there are any."),
  otherCaps: others.describe("Types of capabilities that are not listed in `caps`, if there are any."),
  managed: z
    .object({
      subusers: z.array(z.string()).describe("Names."),
      caps: z.array(z.string()).describe("Types."),
    })
    .optional()
    .describe(
      "What the program lists, or listed in an update that failed; where `exclusive` is not set, `subusers` and `caps` tell.",
    ),
});
export type Outputs = z.output<typeof outputs>;
