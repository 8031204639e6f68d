import * as z from "zod";

/** Section 6.7.3. "ALL" is a selector of the QoS methods (section 9.2), so no group may be called that. */
export const groupId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: "must be 1 to 64 letters, digits, dashes or underscores" })
  .refine((id) => id !== "ALL", { error: '"ALL" stands for all groups in QoS settings and cannot name one' });

const reserved = ["anonymous", "public", "null", "none", "0"];

/** Section 14.26.3. The length of 64 is a setting of the server's, so longer ids are the server's to refuse. */
export const userId = z
  .string()
  .regex(/^[A-Za-z0-9_.@-]+$/, { error: "must be letters, digits, dashes, underscores, dots or @" })
  .refine((id) => !reserved.includes(id), {
    error: `is reserved by the system, as are ${reserved.join(", ")} and admin`,
  });

/** Section 14.26.3: the stricter rule for system administrators. */
export const systemAdminId = /^[a-z]([a-z0-9_]{0,24}[a-z0-9])?$/;

/** Section 14.26.3, note at address1. */
export const plainText = z.string().regex(/^[^`|;&><]*$/, { error: "must not contain any of ` | ; & > <" });

/** The wire says "true"; a group's and a user's flag differ from a credential's, which is a boolean. */
export const flag = (value: unknown): boolean => value === true || value === "true" || value === "Active";
