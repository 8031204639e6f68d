import { expect, test } from "vitest";
import { BucketQuota } from "../../provider/ceph/bucketquota.ts";
import type { BucketInfo } from "../../provider/ceph/client/wire.ts";
import { makeBucket, makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { makeAccount } from "./support/account.ts";
import { encoded, must } from "./support/ask.ts";

onEachRelease((radosgw, release) => {
  async function quotaOf(bucket: string) {
    const answer = await must(radosgw(), "GET", `/admin/bucket?bucket=${encoded(bucket)}`);
    return (answer.json() as BucketInfo).bucket_quota;
  }
  async function withBucket() {
    const user = await makeUser(radosgw());
    const bucket = await makeBucket(user);
    const world = await sessionOn(radosgw());
    const set = (quota: object) =>
      must(radosgw(), "PUT", `/admin/bucket?quota&uid=${user.uid}&bucket=${bucket}`, JSON.stringify(quota));
    return { ...world, user, bucket, it: world.engine(BucketQuota), set };
  }

  test.each([
    [
      { maxSizeBytes: 0, maxObjects: 0 },
      { max_size: 0, max_objects: 0 },
    ],
    [{ maxSizeBytes: 2 ** 53 - 1 }, { max_size: 2 ** 53 - 1, max_objects: -1 }],
    [
      { enabled: false, maxSizeBytes: 1025, maxObjects: 3 },
      { enabled: false, max_size: 1025, max_objects: 3 },
    ],
  ])("%j arrives as it is", async (limits, wire) => {
    const { bucket, it } = await withBucket();
    await it.up({ bucket, ...limits });
    expect(await quotaOf(bucket)).toMatchObject({ enabled: true, ...wire });
    expect(await it.refresh()).toEqual([]);
  });

  test("what no field sets is kept, and what was there comes back", async () => {
    const { bucket, it, set } = await withBucket();
    const theirs = { enabled: true, check_on_raw: true, max_size: 4096, max_objects: 9 };
    await set(theirs);
    await it.up({ bucket, maxSizeBytes: 5 });
    expect(await quotaOf(bucket)).toMatchObject({ ...theirs, max_size: 5, max_objects: -1 });
    await it.destroy();
    expect(await quotaOf(bucket)).toMatchObject(theirs);
  });

  test("of two buckets with one name, only that of the tenant that is meant is set", async () => {
    const { user, bucket, engine } = await withBucket();
    const other = await makeUser(radosgw(), { tenant: "ten" });
    await must(other, "PUT", `/${bucket}`);
    // Whoever of the other tenant owns it, as somebody else has made it so.
    await engine(BucketQuota, { name: "tenant's" }).up({ bucket: `ten/${bucket}`, maxObjects: 1 });
    expect(await quotaOf(bucket)).toMatchObject({ enabled: false });
    expect(await quotaOf(`ten/${bucket}`)).toMatchObject({ enabled: true, max_objects: 1 });
    await engine(BucketQuota).up({ bucket, maxObjects: 2 });
    expect(await quotaOf(bucket)).toMatchObject({ enabled: true, max_objects: 2 });
    expect(await quotaOf(`ten/${bucket}`)).toMatchObject({ max_objects: 1 });
    expect(user.uid).not.toContain("$");
  });

  test("a bucket that there is not has none", async () => {
    const { engine } = await withBucket();
    await expect(engine(BucketQuota).up({ bucket: "no-such-bucket" })).rejects.toThrow(
      /"no-such-bucket" cannot be set: what it belongs to does not exist.*dependsOn/,
    );
  });

  test("a name with two slashes is none", async () => {
    const { engine } = await withBucket();
    await expect(engine(BucketQuota).up({ bucket: "a/b/c" })).rejects.toThrow("TENANT/NAME");
  });

  test.runIf(release === "tentacle")("a bucket of an account has one too", async () => {
    const { root } = await makeAccount(radosgw());
    const bucket = await makeBucket(root);
    const { engine } = await sessionOn(radosgw());
    await engine(BucketQuota).up({ bucket, maxObjects: 7 });
    expect(await quotaOf(bucket)).toMatchObject({ enabled: true, max_objects: 7 });
  });
});
