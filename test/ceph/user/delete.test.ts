import { expect, test } from "vitest";
import { makeBucket, onEachRelease } from "../functions/kit.ts";
import { ask, must } from "../support/ask.ts";
import { userOn } from "./kit.ts";

onEachRelease((radosgw) => {
  /** A user who owns buckets, each with an object in it. */
  async function withBuckets(count: number, program: object = {}) {
    const user = await userOn(radosgw());
    await user.up({ keys: { main: {} }, ...program });
    const access = { ...radosgw(), ...user.outputs().credentials.main };
    const buckets: string[] = [];
    for (let made = 0; made < count; made++) buckets.push(await makeBucket(access));
    for (const bucket of buckets) await must(access, "PUT", `/${bucket}/object`, "hello");
    return { ...user, buckets };
  }

  test("a user who owns buckets is not deleted, and the error names them", async () => {
    const { destroy, info, buckets, uid, keys } = await withBuckets(2);
    await expect(destroy()).rejects.toThrow(
      `Ceph User "${uid}" is not deleted, because it owns buckets: ${buckets.sort().join(", ")}. Delete them,`,
    );
    expect(await keys()).toHaveLength(1);
    expect(await info()).toMatchObject({ display_name: "Ada" });
  });

  test("of many, the error names some and counts them all", async () => {
    const { destroy } = await withBuckets(12);
    await expect(destroy()).rejects.toThrow(/bucket-\w+, … 12 in all\. Delete them,/);
  });

  test("purgeData deletes them too, and is asked of the state, not of the program that is gone", async () => {
    const { up, destroy, buckets, drift } = await withBuckets(1, { purgeData: true });
    await up({ keys: { main: {} }, purgeData: false });
    await expect(destroy()).rejects.toThrow("set purgeData, run pulumi up");
    await up({ keys: { main: {} }, purgeData: true });
    await destroy();
    expect(await drift()).toBe("gone");
    expect((await ask(radosgw(), "GET", `/admin/bucket?bucket=${buckets[0]}`)).status).toBe(404);
  });

  test("one who is gone already is no error", async () => {
    const { up, destroy, hand, state } = await userOn(radosgw());
    await up({ keys: { main: {} } });
    await hand("DELETE");
    await destroy();
    expect(state()).toBeUndefined();
  });
});
