import type { CapInfo } from "./client/wire.ts";

/** Admin capabilities by their type, as a radosgw reports them. */
export type Caps = Record<string, "read" | "write" | "*">;
type Permission = Caps[string];

/** "read, write" is "*" to it; whatever else it says of a permission is none. */
export function capsOf(infos: readonly CapInfo[]): Caps {
  const known = infos.flatMap(({ type, perm }) => (isPermission(perm) ? [[type, perm] as const] : []));
  return Object.fromEntries(known);
}

const isPermission = (perm: string): perm is Permission => ["read", "write", "*"].includes(perm);

/** What to add to and to remove from one set to get another, as `user-caps`; "" for nothing. */
export function capChanges(was: Caps, want: Caps): { add: string; remove: string } {
  const types = [...new Set([...Object.keys(was), ...Object.keys(want)])].sort();
  const list = (one: Caps, other: Caps) =>
    types
      .map(
        (type) => [type, partsOf(one[type]).filter((part) => !partsOf(other[type]).includes(part))] as const,
      )
      .filter(([, parts]) => parts.length > 0)
      .map(([type, parts]) => `${type}=${parts.length === 2 ? "*" : parts[0]}`)
      .join(";");
  return { add: list(want, was), remove: list(was, want) };
}

export const capsText = (caps: Caps): string => capChanges({}, caps).add;

const partsOf = (permission: Permission | undefined): ("read" | "write")[] =>
  permission === undefined ? [] : permission === "*" ? ["read", "write"] : [permission];
