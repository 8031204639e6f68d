import { type Access, ask } from "../../test/ceph/support/ask.ts";
import { maxObjects, maxSizeBytes, type Step } from "./tenant.ts";

interface User {
  display_name: string;
  keys: unknown[];
  user_quota: { enabled: boolean; max_size: number; max_objects: number };
}

/** Throws unless after a step the radosgw has these tenants, all that the program says of them, and no others. */
export async function verify(
  radosgw: Access,
  { name, leaves }: Step,
  uids: readonly string[],
): Promise<void> {
  const list = (await ask(radosgw, "GET", "/admin/metadata/user")).json() as string[];
  const there = list.filter((uid) => uid.startsWith("tenant-")).length;
  const expected = leaves === undefined ? 0 : uids.length;
  if (there !== expected) throw new Error(`after ${name} there are ${there} tenants, not ${expected}`);
  for (const uid of uids.slice(0, expected)) {
    const { text } = await ask(radosgw, "GET", `/admin/user?uid=${uid}`);
    const { display_name, keys, user_quota: quota }: User = JSON.parse(text);
    const isRight = quota.enabled && quota.max_size === maxSizeBytes && quota.max_objects === maxObjects;
    if (display_name !== leaves || keys.length !== 1 || !isRight)
      throw new Error(`after ${name}, ${uid} is not as the program says: ${text}`);
  }
}
