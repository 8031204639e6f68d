import * as z from "zod";

/** A radosgw takes any text, but not half a character, and nobody means a line break. */
const clean = /^[^\p{Cc}\p{Cs}]*$/u;
const cleanError = "must have no control characters, nor halves of surrogate pairs";

const tidy = (pattern: RegExp, error: string) =>
  z
    .string()
    .regex(pattern, { error })
    .regex(clean, { error: cleanError })
    .refine((value) => value.trim() === value, { error: "must not begin or end with a space" });

/**
 * "uid" or "tenant$uid". A colon would part a subuser's name from it, and a second "$" is nobody's. Pacific shows no more
 * than 1023 bytes of "uid:subuser" (measured on 16.2.15).
 */
export const uid = tidy(
  /^(?:[A-Za-z0-9_]+\$)?[^$:]+$/,
  'must be a uid, or TENANT$UID with letters, digits and "_" before the "$"; without ":" or another "$"',
).max(255);
export const uidHelp = "The user's id, with its tenant if it has one: `uid` or `tenant$uid`.";

/** "name" or "tenant/name". A colon would part an instance of the bucket from its name. */
export const bucketName = tidy(
  /^(?:[A-Za-z0-9_]+\/)?[^/:]{1,255}$/,
  'must be the name of a bucket, or TENANT/NAME with letters, digits and "_" before the "/"',
);
export const bucketHelp = "The bucket, with its tenant if it has one: `name` or `tenant/name`.";

/** Text as a radosgw keeps it. */
export const plain = z.string().min(1).regex(clean, { error: cleanError });

/** With others a pair is made, and no request that is signed with it is ever accepted (measured on 16.2.15 to 20.2.4). */
const ascii = z
  .string()
  .min(1)
  .regex(/^[ -~]*$/, { error: "must be of printable ASCII characters" });
export const accessKey = ascii
  .max(128)
  .regex(/^[^\s/,=&]+$/, { error: "must have no spaces or any of / , = &" });
export const secretKey = ascii;

/** Without the uid; "uid:name" with another uid makes the subuser of that one (measured on 16.2.15 to 20.2.4). */
export const subuserName = z
  .string()
  .regex(clean, { error: cleanError })
  .regex(/^[^:\s/]{1,64}$/u, { error: 'must be 1 to 64 characters without ":", "/" or spaces' });

/** Types are not counted here, for each release adds some. */
export const capSet = z.record(
  z.string().regex(/^[a-z-]+$/, { error: "must be a type of capability, such as users or buckets" }),
  z.enum(["read", "write", "*"]),
);

/** From Tentacle on, what users of an account make belongs to the account. */
export const accountId = /^RGW\d{17}$/;
export const isAccount = (owner: string): boolean => accountId.test(owner);

/** An e-mail address as Pacific and Reef store it: they lower no letters but those of ASCII. */
export const lowered = (email: string): string => email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
