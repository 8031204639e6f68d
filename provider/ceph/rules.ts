import * as z from "zod";

const untidy = "must not begin or end with a space, or have control characters";
const isTidy = (value: string) => value.trim() === value && !/\p{Cc}/u.test(value);

/** "uid" or "tenant$uid". A colon would part a subuser's name from it, and a second "$" is nobody's. */
export const uid = z
  .string()
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
