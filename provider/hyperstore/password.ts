import * as z from "zod";
import { joinId } from "../resource/definition.ts";
import { ProviderError } from "../resource/errors.ts";
import { done, refusal } from "./answers.ts";
import type { HyperStore } from "./client.ts";
import type { UserKey } from "./wire.ts";

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** Section 14.23.2. A system may be set to ask for more. */
export const password = z
  .string()
  .min(9)
  .max(64)
  .refine((value) => classes.every((each) => each.test(value)), {
    error: "must have a lower-case letter, an upper-case letter, a digit and a special character",
  });

/**
 * Sets a user's password. A system may refuse passwords that were used before and changes that come too soon
 * (section 14.23.2), and so the very password that it has taken already, when its first answer was lost.
 */
export async function setPassword(api: HyperStore, key: UserKey, password: string): Promise<void> {
  const user = `user "${joinId(key.groupId, key.userId)}"`;
  const response = await api.setPassword(key, password);
  if (response.status !== 400) {
    if (done(response)) return;
    throw new ProviderError("refused", `${user} is no longer there: its password cannot be set`);
  }
  const verdict = (await api.isLocked(key)) ? "locked" : await api.verifyPassword(key, password);
  if (verdict === "valid") return;
  const expired = verdict === "expire" ? " It is the one that has expired: give the user another." : "";
  throw new ProviderError(
    "refused",
    `the system does not take the password of ${user}.${expired} It may have rules on length, reuse, similarity and the time between changes (common.user.password.* in its configuration). ${refusal(response).message}`,
  );
}
