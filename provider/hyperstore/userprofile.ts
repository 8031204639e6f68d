import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { immutable, text, writeOnly } from "../resource/fields.ts";
import { flag, groupId, plainText, userId } from "./rules.ts";
import type { UserInfo } from "./wire.ts";

/* What PUT, GET and POST /user know of a user (section 14.26.3). */

const optional = (meaning: string, rule: z.ZodType<string> = z.string()) =>
  text(rule).describe(`${meaning} Section 14.26.3.`);

/** What GET answers of a user. */
const readBack = {
  groupId: immutable(groupId).describe(
    "Group that the user belongs to; `0` for system administrators. Section 14.26.3.",
  ),
  userId: immutable(userId).describe(
    "Id of the user, unique in the group: letters, digits, dashes, underscores, dots and @; for a system administrator at most 26 lower-case letters, digits and underscores, a letter first and no underscore last. Section 14.26.3.",
  ),
  userType: z
    .enum(["User", "GroupAdmin", "SystemAdmin"])
    .default("User")
    .describe(
      "`User` and `GroupAdmin` change into each other in place; `SystemAdmin` goes with group `0`. Section 14.26.3.",
    ),
  active: z
    .boolean()
    .default(true)
    .describe(
      "Whether the user is active. The data of an inactive one stay, its credentials are deactivated. Section 14.26.3.",
    ),
  fullName: optional("Full name; the server's limit is 64 characters unless configured otherwise."),
  emailAddr: optional("E-mail address.", plainText.pipe(z.email({ error: "must be an e-mail address" }))),
  address1: optional("Street address, line 1.", plainText),
  address2: optional("Street address, line 2.", plainText),
  city: optional("City."),
  state: optional("State."),
  zip: optional("Postal code.", plainText),
  country: optional("Country."),
  phone: optional("Phone number.", plainText),
  website: optional("URL of the user's website.", plainText),
  ldapEnabled: z
    .boolean()
    .default(false)
    .describe("Whether the CMC authenticates the user by LDAP. Section 14.26.3."),
};

export const profileFields = {
  ...readBack,
  fileEndpoints: writeOnly(
    optional(
      "File Service pools that the user may publish shares in, separated by commas. The API does not read it back.",
    ),
  ),
};
const profile = z.object(profileFields);
type Profile = z.output<typeof profile>;

export const canonicalUserId = z
  .string()
  .describe(
    "The system's own id of the user. A user deleted and created again gets another one. Section 14.26.3.",
  );

export const userProfile = z.object({ ...readBack, canonicalUserId });

const texts = [
  "fullName",
  "emailAddr",
  "address1",
  "address2",
  "city",
  "state",
  "zip",
  "country",
  "phone",
  "website",
] as const;

export const sent = (want: Profile): UserInfo => ({
  groupId: want.groupId,
  userId: want.userId,
  userType: want.userType,
  active: String(want.active),
  ldapEnabled: want.ldapEnabled,
  ...Object.fromEntries(texts.map((name) => [name, want[name] ?? ""])),
  // Mandatory although it may be empty (section 14.26.3).
  fileEndpoints: want.fileEndpoints ?? "",
});

export const readUser = (user: UserInfo): z.output<typeof userProfile> => ({
  ...readProfile(user),
  canonicalUserId: String(user.canonicalUserId),
});

export function readProfile(user: UserInfo): Profile {
  const profile: Profile = {
    groupId: user.groupId,
    userId: user.userId,
    userType: user.userType as Profile["userType"],
    active: flag(user.active ?? "true"),
    ldapEnabled: user.ldapEnabled === true,
  };
  for (const name of texts) if (user[name]) profile[name] = user[name] as string;
  return profile;
}

export const sameProfile = (one: Profile, other: Profile): boolean =>
  isDeepStrictEqual(sent({ ...one, fileEndpoints: "" }), sent({ ...other, fileEndpoints: "" }));
