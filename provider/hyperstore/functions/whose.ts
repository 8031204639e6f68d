import * as z from "zod";

/** The inputs that name a user, who may be deleted, or a whole group. */
export const userOrGroup = {
  groupId: z
    .string()
    .min(1)
    .optional()
    .describe("The group: alone for the group as a whole, with `userId` for that user of it."),
  userId: z.string().min(1).optional().describe("The user, together with `groupId`."),
  canonicalUserId: z
    .string()
    .min(1)
    .optional()
    .describe("Canonical id of a user, instead of the other two: the only way to name a deleted user."),
};
