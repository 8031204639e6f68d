import * as z from "zod";
import type { UserKey } from "../wire.ts";

/** The two ways to name a user (section 14.1.2). */
export const userAddress = z
  .strictObject({
    groupId: z.string().min(1).optional().describe("Group of the user, together with `userId`."),
    userId: z.string().min(1).optional().describe("Id of the user, together with `groupId`."),
    canonicalUserId: z.string().min(1).optional().describe("Canonical id, instead of the other two."),
  })
  .superRefine(({ groupId, userId, canonicalUserId }, context) => {
    const byName = groupId !== undefined && userId !== undefined;
    if (byName === (canonicalUserId !== undefined) || (groupId === undefined) !== (userId === undefined))
      context.addIssue({ code: "custom", message: "give groupId and userId, or canonicalUserId alone" });
  });
type UserAddress = z.output<typeof userAddress>;

export const addressOf = ({ groupId = "", userId = "", canonicalUserId }: UserAddress) =>
  canonicalUserId === undefined ? ({ groupId, userId } satisfies UserKey) : { canonicalUserId };

export const nameOf = ({ groupId, userId, canonicalUserId }: UserAddress): string =>
  canonicalUserId ?? `${groupId}/${userId}`;

/** The inputs that name a user, who may be deleted, or a whole group. */
export const userOrGroup = {
  groupId: z
    .string()
    .min(1)
    .optional()
    .describe(
      "The group: alone for the group as a whole, with `userId` for that user of it. Sections 3.1.2 and 13.2.2.",
    ),
  userId: z
    .string()
    .min(1)
    .optional()
    .describe("The user, together with `groupId`. Sections 3.1.2 and 13.2.2."),
  canonicalUserId: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Canonical id of a user, instead of the other two: the only way to name a deleted user. Sections 3.1.2 and 13.2.2.",
    ),
};
