import { beforeEach, describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { giveBucket, john, johnsAddress, outcome, withJohn } from "./harness.ts";

const GiB = 1024 ** 3;
let emulator: Awaited<ReturnType<typeof withJohn>>;
const ask = async (path: string, query: Record<string, string>) =>
  outcome(await emulator.send("GET", path, { query }));
const countBuckets = () =>
  edit(emulator.state, { action: "changeCluster", cluster: { bucketCounters: true } });

/** John and Jane of QA with two regions' buckets, and Dev that has nobody. */
beforeEach(async () => {
  emulator = await withJohn();
  emulator.state.regions.push("East");
  await emulator.send("PUT", "/group", { body: { groupId: "Dev" } });
  await emulator.send("PUT", "/user", { body: { ...john, userId: "Jane" } });
  giveBucket(emulator, "b1", { byteCount: 100, objectCount: 1, tieredBytes: 62 * GiB });
  giveBucket(emulator, "b2", { byteCount: 20, objectCount: 2, region: "East" });
  giveBucket(emulator, "b3", { byteCount: 3, objectCount: 4 }, { groupId: "QA", userId: "Jane" });
});

describe.each([
  ["/system/bytecount", [123, 103, 120, 20, 100]],
  ["/system/objectcount", [7, 5, 3, 2, 1]],
] as const)("GET %s (11.5, 11.11)", (path, [all, inRegion, ofJohn, inEast, ofBucket]) => {
  it("answers a bare number for the system, a group, a user or a bucket", async () => {
    const whole = await emulator.send("GET", path, { query: { groupId: "ALL", userId: "*" } });
    expect([whole.text, whole.type]).toEqual([String(all), "text/plain;charset=UTF-8"]);
    expect(await ask(path, { groupId: "QA", userId: "*" })).toBe(`200 ${all}`);
    expect(await ask(path, { groupId: "QA", userId: "*", region: "region1" })).toBe(`200 ${inRegion}`);
    expect(await ask(path, johnsAddress)).toBe(`200 ${ofJohn}`);
    expect(await ask(path, { ...johnsAddress, region: "East" })).toBe(`200 ${inEast}`);
    expect(await ask(path, { groupId: "Dev", userId: "*" })).toBe("200 0");
  });

  it("counts by bucket only where that is switched on", async () => {
    expect(await ask(path, { ...johnsAddress, bucketName: "b1" })).toBe("200 0");
    countBuckets();
    expect(await ask(path, { ...johnsAddress, bucketName: "b1" })).toBe(`200 ${ofBucket}`);
  });

  it("refuses with the document's words", async () => {
    expect(await ask(path, { groupId: "QA" })).toBe("400 Missing required parameters: {groupId}, {userId}");
    expect(await ask(path, { groupId: "none", userId: "*" })).toBe("400 Group or user not found");
    expect(await ask(path, { groupId: "QA", userId: "Jim" })).toBe("400 Group or user not found");
    expect(await ask(path, { bucketName: "b1" })).toBe(
      "400 Must specify group and user if bucket if specified",
    );
    expect(await ask(path, { groupId: "QA", userId: "*", bucketName: "b1" })).toBe(
      '400 User cannot be "" if bucket if specified',
    );
    expect(await ask(path, { ...johnsAddress, bucketName: "b3" })).toBe("400 Bucket not found");
    expect(await ask(path, { ...johnsAddress, bucketName: "b1", region: "East" })).toBe(
      "400 Bucket is not in specified region",
    );
    expect(await ask(path, { ...johnsAddress, region: "West" })).toBe("400 Invalid region");
  });
});

describe.each([
  ["/system/groupbytecount", [3, 120]],
  ["/system/groupobjectcount", [4, 3]],
] as const)("GET %s (11.8, 11.9)", (path, [ofJane, ofJohn]) => {
  it("answers each user's sum, one more than asked for when there are more", async () => {
    const get = async (query = {}) =>
      (await emulator.send("GET", path, { query: { groupId: "QA", ...query } })).json();
    const rows = await get();
    expect(rows).toMatchObject([
      { userId: "Jane", groupId: "QA", usageVal: ofJane },
      { userId: "John", groupId: "QA", usageVal: ofJohn, canonicalUserId: emulator.canonicalUserId },
    ]);
    expect(await get({ limit: "1" })).toEqual(rows);
    expect(await get({ limit: "1", offset: "John" })).toEqual([]);
  });

  it("refuses with the document's words", async () => {
    expect(await ask(path, {})).toBe("400 Missing required parameter: {groupId}");
    expect(await ask(path, { groupId: "QA", limit: "0" })).toBe("400 Limit should be greater than zero.");
  });
});

describe("GET /system/bytestiered (11.6)", () => {
  const tiered = (query: Record<string, string>) => ask("/system/bytestiered", query);

  it("answers a size in quotes", async () => {
    expect(await tiered({ groupId: "ALL", userId: "*" })).toBe('200 "62G"');
    const of = (bucketName: string, tieredBytes: number) =>
      edit(emulator.state, { action: "changeBucket", bucketName, bucket: { tieredBytes } });
    of("b1", 2048 * GiB);
    expect(await tiered({ groupId: "QA", userId: "*" })).toBe('200 "2T"');
    of("b2", GiB);
    expect(await tiered(johnsAddress)).toBe('200 "2049G"');
    of("b3", 3 * 1024 ** 2 * GiB);
    expect(await tiered({ groupId: "QA", userId: "Jane" })).toBe('200 "3P"');
    of("b3", GiB - 1);
    expect(await tiered({ groupId: "QA", userId: "Jane" })).toBe('200 "0"');
    expect(await tiered({ groupId: "QA" })).toBe("400 Missing required parameters: {groupId}, {userId}");
  });
});

describe("a group's buckets", () => {
  it("are counted (11.2)", async () => {
    const path = "/system/bucketcount";
    expect(await ask(path, { groupId: "QA" })).toBe("200 3");
    expect(await ask(path, { groupId: "QA", region: "East" })).toBe("200 1");
    expect(await ask(path, { groupId: "Dev" })).toBe("200 0");
    expect(await ask(path, { groupId: "none" })).toBe("204 ");
    expect(await ask(path, { groupId: "QA", region: "West" })).toBe("400 Invalid region name");
    expect(await ask(path, {})).toBe("400 Missing required parameter: {groupId}");
  });

  it("tell their usage where buckets are counted (11.4)", async () => {
    const path = "/system/bucketusage";
    const get = async (query = {}) =>
      (await emulator.send("GET", path, { query: { groupId: "QA", ...query } })).json();
    const off = { bucketName: "b3", byteCount: 0, objectCount: 0, policyName: "rf3" };
    expect(await get({ userId: "Jane" })).toEqual([{ userId: "Jane", buckets: [off] }]);
    countBuckets();
    const b3 = { ...off, byteCount: 3, objectCount: 4 };
    expect(await get({ userId: "Jane" })).toEqual([{ userId: "Jane", buckets: [b3] }]);
    expect(await get()).toMatchObject([{ userId: "John", buckets: [{}, {}] }, { userId: "Jane" }]);
    expect(await get({ userId: "John", bucketName: "b2" })).toMatchObject([
      { buckets: [{ bucketName: "b2" }] },
    ]);
    expect(await get({ groupId: "Dev" })).toEqual([]);
    expect(await ask(path, {})).toBe("400 Missing required parameter: {groudId}");
    expect(await ask(path, { groupId: "QA", bucketName: "b1" })).toBe(
      "400 bucketName is specified and groupId or userId is empty",
    );
    for (const query of [
      { groupId: "ALL" },
      { groupId: "QA", userId: "Jim" },
      { groupId: "QA", userId: "Jane", bucketName: "b1" },
    ])
      expect(await ask(path, query as Record<string, string>)).toBe(
        "400 Group is not found or user is not found or bucket is not found",
      );
  });
});
