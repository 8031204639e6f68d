import * as z from "zod";
import { secret, serverDefault } from "../resource/fields.ts";
import { isProperties, isSame, type Value } from "../resource/value.ts";
import type { Access } from "./client/user.ts";
import { plain } from "./rules.ts";

/** What a subuser may do, in the words that a radosgw takes, and `none`. */
const access = z.enum(["none", "read", "write", "readwrite", "full"]);
type Named = z.output<typeof access>;

/** What a program calls the access that a radosgw reports in other words than it takes. */
export const accessOf = (permissions: string): Named =>
  (({ "read-write": "readwrite", "full-control": "full", read: "read", write: "write" }) as const)[
    permissions
  ] ?? "none";

export const accessToWire = (named: Named): Access => (named === "none" ? "" : named);

/** What a subuser has, whichever resource it belongs to. */
export const subuserFields = {
  access: access.describe(
    "What the subuser may do with the user's buckets. Admin Ops, Create Subuser, `access`.",
  ),
  swift: z
    .boolean()
    .default(true)
    .describe("Whether the subuser has a Swift key. One comes with every new subuser; `false` removes it."),
  swiftSecretKey: serverDefault(secret(plain))
    .optional()
    .describe(
      "Secret of the Swift key; without it the provider makes one. Admin Ops, Create Subuser, `secret-key`.",
    ),
};

/** Whether between two inputs of a subuser the Swift key stays as it is. */
export const isSameSwift = (was: Value | undefined, want: Value | undefined): boolean =>
  isProperties(was) &&
  isProperties(want) &&
  ["swift", "swiftSecretKey", "rotate"].every((field) => isSame(was[field], want[field]));

interface Swift {
  swift: boolean;
  swiftSecretKey?: string | undefined;
  rotate?: string | undefined;
}

/** A rule on what a subuser has beside its access. */
export function goesWithSwift({ swift, swiftSecretKey, rotate }: Swift, context: z.RefinementCtx): void {
  const issue = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (!swift && swiftSecretKey !== undefined) issue("swiftSecretKey", "needs swift to be true");
  if (rotate !== undefined && (!swift || swiftSecretKey !== undefined))
    issue("rotate", "is for a Swift key that the provider chooses");
}
