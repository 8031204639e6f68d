import * as z from "zod";

/** "uid" or "tenant$uid". A colon would part a subuser's name from it, and a second "$" is nobody's. */
export const uid = z
  .string()
  .regex(/^(?:[A-Za-z0-9_]+\$)?[^$:]+$/, {
    error:
      'must be a uid, or TENANT$UID with letters, digits and "_" before the "$"; without ":" or another "$"',
  })
  .refine((value) => value.trim() === value && !/\p{Cc}/u.test(value), {
    error: "must not begin or end with a space, or have control characters",
  });
export const uidHelp = "The user's id, with its tenant if it has one: `uid` or `tenant$uid`.";
