import * as z from "zod";
import type { Access } from "./client/user.ts";

/** What a subuser may do, in the words that a radosgw takes, and `none`. */
export const access = z.enum(["none", "read", "write", "readwrite", "full"]);
type Named = z.output<typeof access>;

/** What a program calls the access that a radosgw reports in other words than it takes. */
export const accessOf = (permissions: string): Named =>
  (({ "read-write": "readwrite", "full-control": "full", read: "read", write: "write" }) as const)[
    permissions
  ] ?? "none";

export const accessToWire = (named: Named): Access => (named === "none" ? "" : named);

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
