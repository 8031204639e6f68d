/**
 * What a test's program declares: plain data, which run-program.cjs turns into resources. A string "${name.property}"
 * is the output of an earlier resource, `{ "$secret": value }` a secret.
 */
export interface Declaration {
  /** The kind, as in "Group" or "tenantry:hyperstore:Group", or "provider" for an explicit provider. */
  type: string;
  name: string;
  args?: Record<string, unknown>;
  /** Resource options of Pulumi's; `provider`, `parent` and `dependsOn` take names of earlier resources. */
  options?: Record<string, unknown>;
  /** Properties to export as stack outputs `name_property`. */
  export?: string[];
}

export const group = (
  groupId: string,
  args: Record<string, unknown> = {},
  more: Partial<Declaration> = {},
): Declaration => ({
  type: "Group",
  name: groupId,
  args: { groupId, ...args },
  ...more,
});

export const user = (
  groupId: string,
  userId: string,
  args: Record<string, unknown> = {},
  more: Partial<Declaration> = {},
): Declaration => ({ type: "User", name: userId, args: { groupId, userId, ...args }, ...more });

export const credential = (
  name: string,
  groupId: string,
  userId: string,
  args: Record<string, unknown> = {},
  more: Partial<Declaration> = {},
): Declaration => ({ type: "Credential", name, args: { groupId, userId, ...args }, ...more });
