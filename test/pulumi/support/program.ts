/**
 * What a test's program declares: plain data, which run-program.cjs turns into resources. A string "${name.property}"
 * (or "${name.property.key}") is the output of an earlier resource, `{ "$secret": value }` a secret.
 */
export interface Declaration {
  /**
   * The kind, as in "Group" or "tenantry:hyperstore:Group", "provider" for an explicit provider, or "client" for one
   * who works with a pair (client.cjs). A function, as in "getGroup", is called, and its result stands under the name.
   */
  type: string;
  name: string;
  args?: Record<string, unknown>;
  /** Resource options of Pulumi's; `provider`, `parent` and `dependsOn` take names of earlier resources. */
  options?: Record<string, unknown>;
  /** Goes round the SDK, whose classes drop arguments that they do not know. */
  unchecked?: boolean;
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

/** The call of a function, all of whose results are exported. */
export const call = (
  name: string,
  type: string,
  args: Record<string, unknown>,
  outputs: string[],
): Declaration => ({ type, name, args, export: outputs });
