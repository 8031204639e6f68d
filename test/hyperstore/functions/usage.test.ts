import { describe, expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { ofBucket, ofGroup, ofUser } from "../../../emulator/hyperstore/subjects.ts";
import type { UsageRecord } from "../../../emulator/hyperstore/usagedata.ts";
import { findUser } from "../../../emulator/hyperstore/users.ts";
import { getRawBucketUsage, getUsage } from "../../../provider/hyperstore/functions/usage.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { johnsAddress } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

const noon = Date.UTC(2024, 6, 20, 12);
const interval = { startTime: "202407201200", endTime: "202407201800" };

/** John's bucket b1, and a way to give whomever a record: of the hour at noon, of John, unless said otherwise. */
async function withUsage(config: Properties = {}) {
  const session = await withSession({}, config);
  const { state } = session;
  edit(state, { action: "giveBucket", ...johnsAddress, bucketName: "b1" });
  const john = findUser(state, "QA", "John");
  const [bucket] = john?.buckets ?? [];
  if (!john || !bucket) throw new Error("no John, or no bucket of his");
  const subjects = { john: ofUser(john), group: ofGroup("QA"), bucket: ofBucket(state, bucket) };
  const add = (whose: keyof typeof subjects, record: Partial<UsageRecord> = {}) =>
    state.usage.records.push({
      granularity: "hour",
      subject: subjects[whose],
      region: "region1",
      operation: "SB",
      timestamp: noon,
      value: "5",
      maxValue: "5",
      count: 1,
      ...record,
    });
  const usage = (args: Properties) =>
    session.ask(getUsage, { operation: "SB", granularity: "hour", ...interval, ...args });
  return { ...session, add, usage };
}

describe("getUsage", () => {
  test("answers every figure of a user's records, and leaves out what does not apply", async () => {
    const { add, usage, logs } = await withUsage();
    add("john", { granularity: "month", value: "80319535", count: 744, maxValue: "305443" });
    expect(await usage({ groupId: "QA", userId: "John", granularity: "month" })).toEqual({
      usage: [
        {
          operation: "SB",
          timestamp: noon,
          value: "80319535",
          count: 744,
          averageValue: 107956,
          maxValue: 305443,
          whitelistValue: "0",
          whitelistCount: 0,
          whitelistAverageValue: 0,
          whitelistMaxValue: 0,
          groupId: "QA",
          userId: "John",
          region: "region1",
        },
      ],
      more: false,
    });
    expect(logs).toEqual([]);
  });

  test("tells a group from its users, and finds users by their canonical ids", async () => {
    const { add, usage, canonicalUserId, requests } = await withUsage();
    add("john", { value: "1" });
    add("group", { value: "2" });
    expect(await usage({ groupId: "QA", userId: "John" })).toMatchObject({ usage: [{ value: "1" }] });
    expect(await usage({ groupId: "QA" })).toMatchObject({ usage: [{ value: "2", userId: "*" }] });
    expect(await usage({ canonicalUserId })).toMatchObject({ usage: [{ value: "1" }] });
    expect(requests.slice(-3).map(({ query }) => query.id ?? query.canonicalUserId)).toEqual([
      "QA|John",
      "QA|*",
      canonicalUserId,
    ]);
  });

  test("answers records that share a timestamp, and says when there are more than the limit", async () => {
    const { add, usage } = await withUsage();
    for (const value of ["1", "2", "3"]) add("john", { value });
    const john = { groupId: "QA", userId: "John" };
    const three = [{ value: "1" }, { value: "2" }, { value: "3" }];
    expect(await usage({ ...john, limit: 3 })).toMatchObject({ usage: three, more: false });
    expect(await usage({ ...john, limit: 2 })).toMatchObject({ usage: three.slice(0, 2), more: true });
    await expect(usage({ ...john, limit: 10_001 })).rejects.toThrow(/limit/);
  });

  test("answers the latest first, another region, or all of them", async () => {
    const { add, usage, state } = await withUsage();
    state.regions.push("East");
    add("group", { value: "1" });
    add("group", { value: "2", region: "East", timestamp: noon + 1 });
    const values = async (args: Properties) =>
      ((await usage({ groupId: "QA", ...args })) as { usage: { value: string }[] }).usage.map(
        ({ value }) => value,
      );
    expect(await values({})).toEqual(["1"]);
    expect(await values({ region: "East" })).toEqual(["2"]);
    expect(await values({ region: "ALL", reversed: true })).toEqual(["2", "1"]);
    await expect(values({ region: "West" })).rejects.toThrow(/region = West/);
  });

  test("answers sums of any size as text, and refuses other figures that are no longer exact", async () => {
    const { add, usage } = await withUsage();
    add("group", { value: "6000000000000000000", count: 744 });
    expect(await usage({ groupId: "QA" })).toMatchObject({
      usage: [{ value: "6000000000000000000", averageValue: 8064516129032258 }],
    });
    add("group", { maxValue: "9007199254740993" });
    await expect(usage({ groupId: "QA" })).rejects.toThrow(
      /maxValue of the SB usage of QA\/\* is beyond 9007199254740991/,
    );
  });

  test("answers negative changes of a bucket", async () => {
    const { add, usage, state } = await withUsage();
    state.usage.ofBuckets = true;
    add("bucket", { value: "-70" });
    const [record] = ((await usage({ bucket: "b1" })) as { usage: Properties[] }).usage;
    expect(record).toMatchObject({ bucket: "b1", value: "-70", averageValue: -70, count: 0, maxValue: 0 });
    expect(record).toHaveProperty("policyId", state.cluster.policies[0]?.policyId);
    for (const absent of ["groupId", "userId", "region", "ip", "uri"])
      expect(record).not.toHaveProperty(absent);
  });

  test.each([
    [{ bucket: "b1" }, /no SB usage of b1 .* usage of buckets is not counted unless/],
    [
      { bucket: "b1", operation: "TO" },
      /not counted unless .* TO exists only .* POST \/usage\/repair\/bucket/,
    ],
    [{ groupId: "QA", operation: "HG" }, /no HG usage of QA\/\* .* requests are not counted unless/],
  ])("warns of what may be switched off: %j", async (args, warning) => {
    const { usage, logs } = await withUsage();
    expect(await usage(args)).toEqual({ usage: [], more: false });
    expect(logs).toEqual([expect.stringMatching(/^warn: /)]);
    expect(logs[0]).toMatch(warning);
  });

  test("does not warn of storage that is counted always, nor of an answer that is there", async () => {
    const { add, usage, logs, state } = await withUsage();
    await usage({ groupId: "QA" });
    state.usage.ofTraffic = true;
    add("group", { operation: "HG" });
    await usage({ groupId: "QA", operation: "HG" });
    expect(logs).toEqual([]);
  });

  test.each([
    [{}, /give groupId, groupId and userId, canonicalUserId, or bucket/],
    [{ userId: "John" }, /give groupId/],
    [{ groupId: "QA", bucket: "b1" }, /give groupId/],
    [{ groupId: "QA", operation: "TB" }, /operation TB is counted of buckets only/],
    [{ bucket: "b1", region: "East" }, /region cannot go with bucket/],
    [{ bucket: "b1", reversed: true }, /reversed cannot go with bucket/],
    [{ bucket: "b1", startTime: "202407201201" }, /startTime must be on the hour/],
    [{ groupId: "QA", startTime: "202402310000" }, /startTime must be a moment in GMT/],
    [{ groupId: "QA", endTime: "202407201200" }, /endTime must be later than startTime/],
    [{ groupId: "QA", granularity: "raw", endTime: "202407211201" }, /endTime must be at most 24 hours/],
  ])("refuses %j before it asks", async (args, reason) => {
    const { usage, requests } = await withUsage();
    const before = requests.length;
    await expect(usage(args as Properties)).rejects.toThrow(reason);
    expect(requests).toHaveLength(before);
  });
});

describe("getRawBucketUsage", () => {
  const raw = { granularity: "raw", ip: "10.10.0.1" } as const;

  test("answers every bucket's raw records", async () => {
    const { add, ask, state, logs } = await withUsage();
    state.usage.ofBuckets = true;
    add("bucket", { ...raw, operation: "BO", value: "3222" });
    add("bucket", { ...raw, operation: "HG", value: "3222" });
    const answer = await ask(getRawBucketUsage, { buckets: ["b1", "b2"], limit: 1, ...interval });
    expect(answer).toEqual({
      buckets: [
        {
          bucket: "b1",
          usage: [
            {
              operation: "BO",
              timestamp: noon,
              value: "3222",
              count: 0,
              averageValue: 3222,
              maxValue: 0,
              whitelistValue: "0",
              whitelistCount: 0,
              whitelistAverageValue: 0,
              whitelistMaxValue: 0,
              bucket: "b1",
              policyId: state.cluster.policies[0]?.policyId,
              ip: "10.10.0.1",
            },
          ],
          more: true,
        },
        { bucket: "b2", usage: [], more: false },
      ],
    });
    expect(logs).toEqual([]);
  });

  test("warns when there is nothing, which may be because nothing is counted", async () => {
    const { ask, logs } = await withUsage();
    await ask(getRawBucketUsage, { buckets: ["b1"], ...interval });
    expect(logs).toEqual([expect.stringMatching(/^warn: .* usage of buckets is not counted unless/)]);
  });

  test("is a read: asked again after a lost answer, and allowed where writes are refused", async () => {
    const { add, ask, state, faults, requests } = await withUsage({ hyperstoreRefuseWrites: true });
    state.usage.ofBuckets = true;
    add("bucket", raw);
    faults.add({ kind: "reset-after", match: { path: "/usage/bucket" } });
    const answer = await ask(getRawBucketUsage, { buckets: ["b1"], ...interval });
    expect(answer).toMatchObject({ buckets: [{ usage: [{ value: "5" }] }] });
    expect(requests.filter(({ path }) => path === "/usage/bucket")).toHaveLength(2);
  });

  test("asks for at most a day", async () => {
    const { ask } = await withUsage();
    const args = { buckets: ["b1"], ...interval, endTime: "202407211201" };
    await expect(ask(getRawBucketUsage, args)).rejects.toThrow(/endTime must be at most 24 hours/);
  });
});
