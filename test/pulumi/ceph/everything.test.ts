import { expect } from "vitest";
import { cephCatalog } from "../../../provider/ceph/index.ts";
import { type Access, encoded, must } from "../../ceph/support/ask.ts";
import { unique } from "../../worlds/ceph/native.ts";
import { bucket as bucketThing, makeBucket, user as userThing } from "../../worlds/ceph/things.ts";
import { hand, testOn, writing } from "../support/ceph.ts";
import type { Declaration } from "../support/program.ts";

/** One of every kind. The buckets and their owners are there before. */
const program = (uid: string, [limited = "", given = ""]: string[]): Declaration[] => [
  {
    type: "ceph:User",
    name: "tenant",
    args: {
      uid,
      displayName: "Tenant",
      keys: { main: {} },
      userQuota: { maxObjects: 1000 },
      subusers: { swift: { access: "read" } },
    },
  },
  { type: "ceph:User", name: "shared", args: { uid: `${uid} shared`, displayName: "Shared" } },
  { type: "ceph:Subuser", name: "subuser", args: { uid: "${shared.uid}", name: "sub", access: "read" } },
  { type: "ceph:Key", name: "key", args: { uid: "${shared.uid}" } },
  { type: "ceph:Caps", name: "caps", args: { uid: "${shared.uid}", caps: { usage: "read" } } },
  { type: "ceph:Quota", name: "quota", args: { uid: "${shared.uid}", scope: "user", maxObjects: 1000 } },
  { type: "ceph:RateLimit", name: "ratelimit", args: { uid: "${shared.uid}", maxReadOps: 1000 } },
  { type: "ceph:BucketQuota", name: "bucketquota", args: { bucket: limited, maxObjects: 1000 } },
  { type: "ceph:BucketOwner", name: "owner", args: { bucket: given, uid: "${shared.uid}" } },
  {
    type: "ceph:Account",
    name: "account",
    args: { name: `account-${unique()}`, maxUsers: 5 },
    export: ["accountId"],
  },
];

/** What somebody else does to each of them, by the names of the program. */
const hands: Record<
  string,
  (system: Access, at: { uid: string; buckets: string[]; accountId: string }) => unknown
> = {
  tenant: (system, { uid }) => hand(system, uid, "POST", "", { suspended: "true" }),
  shared: (system, { uid }) => hand(system, `${uid} shared`, "POST", "", { "display-name": "Somebody's" }),
  subuser: (system, { uid }) => hand(system, `${uid} shared`, "POST", "", { subuser: "sub", access: "full" }),
  async key(system, { uid }) {
    const { keys } = (await hand(system, `${uid} shared`, "GET")).json() as {
      keys: { access_key: string }[];
    };
    await hand(system, `${uid} shared`, "DELETE", "?key", { "access-key": keys[0]?.access_key ?? "" });
  },
  caps: (system, { uid }) => hand(system, `${uid} shared`, "PUT", "?caps", { "user-caps": "buckets=read" }),
  quota: (system, { uid }) =>
    hand(system, `${uid} shared`, "PUT", "?quota", { "quota-type": "user", "max-objects": "1" }),
  ratelimit: (system, { uid }) =>
    must(
      system,
      "POST",
      `/admin/ratelimit?ratelimit-scope=user&uid=${encoded(`${uid} shared`)}&max-read-ops=1`,
    ),
  bucketquota: (system, { buckets: [name = ""] }) =>
    must(
      system,
      "PUT",
      `/admin/bucket?quota&bucket=${name}&uid=${encoded(`owner of ${name}`)}`,
      JSON.stringify({ enabled: false, max_size: -1, max_objects: 1 }),
    ),
  owner: (system, { buckets: [, name = ""] }) =>
    must(system, "PUT", `/admin/bucket?bucket=${name}&uid=${encoded(`owner of ${name}`)}`),
  account: (system, { accountId }) => must(system, "PUT", `/admin/account?id=${accountId}&max-users=9`),
};

await testOn("tentacle", (test) => {
  test("one program with every kind of resource: made, watched, repaired and taken down", async ({
    stack,
    system,
    uid,
  }) => {
    const buckets = [`bucket-${unique()}`, `bucket-${unique()}`];
    for (const name of buckets) await makeBucket(system, name);
    const resources = program(uid, buckets);
    const kinds = new Set(resources.map(({ type }) => `tenantry:${type}`));
    expect([...kinds].sort()).toEqual(cephCatalog.resources.map(({ token }) => token).sort());
    expect(Object.keys(hands)).toEqual(expect.arrayContaining(resources.map(({ name }) => name)));
    const look = () => Promise.all(buckets.map((name) => bucketThing(name).look(system)));
    const before = await look();

    stack.declare(...resources);
    const up = await stack.up();
    expect(up.code, up.output).toBe(0);
    expect(await writing(system, () => stack.detectDrift())).toMatchObject({ code: 0, writes: [] });

    const accountId = String((await stack.outputs()).account_accountId);
    for (const somebody of Object.values(hands)) await somebody(system, { uid, buckets, accountId });
    const drift = await writing(system, () => stack.detectDrift("--diff"));
    expect(drift).toMatchObject({ code: 7, writes: [] });
    const shown = resources.map(({ name }) => name).filter((name) => drift.output.includes(`::${name}]`));
    expect(shown, "the drift of each is shown").toEqual(resources.map(({ name }) => name));

    const repair = await stack.up("--refresh");
    expect(repair.code, repair.output).toBe(0);
    expect(await writing(system, () => stack.detectDrift())).toMatchObject({ code: 0, writes: [] });

    const destroy = await stack.destroy();
    expect(destroy.code, destroy.output).toBe(0);
    for (const gone of [uid, `${uid} shared`]) expect(await userThing(gone).look(system)).toBeUndefined();
    expect(await look()).toEqual(before);
  });
});
