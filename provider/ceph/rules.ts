import * as z from "zod";

const untidy = "must not begin or end with a space, or have control characters";
const isTidy = (value: string) => value.trim() === value && !/\p{Cc}/u.test(value);

/**
 * "uid" or "tenant$uid". A colon would part a subuser's name from it, and a second "$" is nobody's. Pacific shows no more
 * than 1023 bytes of "uid:subuser" (measured on 16.2.15).
 */
export const uid = z
  .string()
  .max(255)
  .regex(/^(?:[A-Za-z0-9_]+\$)?[^$:]+$/, {
    error:
      'must be a uid, or TENANT$UID with letters, digits and "_" before the "$"; without ":" or another "$"',
  })
  .refine(isTidy, { error: untidy });
export const uidHelp = "The user's id, with its tenant if it has one: `uid` or `tenant$uid`.";

/** "name" or "tenant/name". A colon would part an instance of the bucket from its name. */
export const bucketName = z
  .string()
  .regex(/^(?:[A-Za-z0-9_]+\/)?[^/:]{1,255}$/, {
    error: 'must be the name of a bucket, or TENANT/NAME with letters, digits and "_" before the "/"',
  })
  .refine(isTidy, { error: untidy });
export const bucketHelp = "The bucket, with its tenant if it has one: `name` or `tenant/name`.";

/** Text as a radosgw keeps it. */
export const plain = z
  .string()
  .min(1)
  .regex(/^\P{Cc}+$/u, { error: "must have no control characters" });

export const accessKey = plain
  .max(128)
  .regex(/^[^\s/,=&]+$/, { error: "must have no spaces or any of / , = &" });

/** Without the uid; "uid:name" with another uid makes the subuser of that one (measured on 16.2.15 to 20.2.4). */
export const subuserName = z
  .string()
  .regex(/^[^:\s/]{1,64}$/, { error: 'must be 1 to 64 characters without ":", "/" or spaces' });

/** Types are not counted here, for each release adds some. */
export const capSet = z.record(
  z.string().regex(/^[a-z-]+$/, { error: "must be a type of capability, such as users or buckets" }),
  z.enum(["read", "write", "*"]),
);
