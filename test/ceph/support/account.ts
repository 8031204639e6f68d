import { onTestFinished } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { type Access, ask, must } from "./ask.ts";

/** An account of this test alone, with a root user, who signs for it; all of it goes with the test. */
export async function makeAccount(radosgw: Access) {
  const name = unique();
  const { id } = (await must(radosgw, "POST", `/admin/account?name=${name}`)).json() as { id: string };
  const pair = { accessKey: `key-${name}`, secretKey: `secret-${name}` };
  const keys = `access-key=${pair.accessKey}&secret-key=${pair.secretKey}`;
  const user = `/admin/user?uid=root-${name}`;
  await must(radosgw, "PUT", `${user}&display-name=root&account-id=${id}&account-root=true&${keys}`);
  onTestFinished(async () => {
    await ask(radosgw, "DELETE", `${user}&purge-data=true`);
    await ask(radosgw, "DELETE", `/admin/account?id=${id}`);
  });
  return { id, name, root: { ...radosgw, ...pair, uid: `root-${name}` } };
}
