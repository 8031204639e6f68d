import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { ofUser } from "../../../emulator/hyperstore/subjects.ts";
import type { Subject, UsageRecord } from "../../../emulator/hyperstore/usagedata.ts";
import { findUser } from "../../../emulator/hyperstore/users.ts";
import { johnsAddress, outcome, withJohn } from "./harness.ts";

const hour = 3_600_000;
const noon = Date.UTC(2024, 6, 20, 12);
const bucket: Subject = { key: "bucket/b1", shown: { bucket: "b1", policyId: "" } };

async function withRaw(records: Partial<UsageRecord>[]) {
  const emulator = await withJohn();
  const { state, send } = emulator;
  const user = findUser(state, "QA", "John");
  if (!user) throw new Error("no John");
  for (const each of records)
    state.usage.records.push({
      granularity: "raw",
      subject: ofUser(user),
      region: "region1",
      operation: "SB",
      timestamp: noon,
      value: "0",
      maxValue: "0",
      count: 0,
      ...each,
    });
  const rollUp = async (granularity: string, startTime: string, unitCount = "1") =>
    outcome(await send("POST", "/usage/rollup", { query: { granularity, startTime, unitCount } }));
  const rolled = (granularity: string) =>
    state.usage.records
      .filter((record) => record.granularity === granularity)
      .map(({ timestamp, value, count, maxValue }) => ({ timestamp, value, count, maxValue }));
  return { ...emulator, rollUp, rolled };
}

describe("POST /usage/rollup (13.8)", () => {
  it("makes hours of the last level stored, also of one stored earlier, and adds them up to a day", async () => {
    const { rollUp, rolled } = await withRaw([
      { value: "500" },
      { value: "100", timestamp: noon + 60_000 },
      { value: "70", timestamp: noon + 2 * hour },
    ]);
    expect(await rollUp("hour", "2024072012", "3")).toBe("200 ");
    expect(rolled("hour")).toEqual([
      { timestamp: noon, value: "100", count: 1, maxValue: "500" },
      { timestamp: noon + hour, value: "100", count: 1, maxValue: "100" },
      { timestamp: noon + 2 * hour, value: "70", count: 1, maxValue: "70" },
    ]);
    expect(await rollUp("day", "20240720")).toBe("200 ");
    const begin = Date.UTC(2024, 6, 20);
    expect(rolled("day")).toEqual([{ timestamp: begin, value: "270", count: 3, maxValue: "500" }]);
    expect(await rollUp("month", "202407")).toBe("200 ");
    expect(rolled("month")).toMatchObject([{ timestamp: Date.UTC(2024, 6, 1), value: "270" }]);
  });

  it("counts requests and adds up their bytes", async () => {
    const transfer = { operation: "HG", ip: "10.10.0.1" };
    const { rollUp, rolled, state } = await withRaw([
      { ...transfer, value: "9007199254740993" },
      { ...transfer, value: "2", timestamp: noon + 1 },
    ]);
    await rollUp("hour", "2024072011", "3");
    expect(rolled("hour")).toEqual([
      { timestamp: noon, value: "9007199254740995", count: 2, maxValue: "9007199254740993" },
    ]);
    expect(state.usage.records.find(({ granularity }) => granularity === "hour")).not.toHaveProperty("ip");
  });

  it("makes of a bucket the change of what is stored, and the last of its totals", async () => {
    const { rollUp, rolled } = await withRaw([
      { subject: bucket, value: "100", timestamp: noon - 1 },
      { subject: bucket, value: "30" },
      { subject: bucket, operation: "TB", value: "7" },
      { subject: bucket, operation: "TB", value: "5", timestamp: noon + 1 },
    ]);
    await rollUp("hour", "2024072012", "2");
    expect(rolled("hour")).toMatchObject([{ value: "-70" }, { value: "5" }]);
    await rollUp("day", "20240720");
    expect(rolled("day")).toMatchObject([{ value: "-70" }, { value: "5" }]);
  });

  it("done again takes the place of what was there, and of one region only", async () => {
    const { rollUp, rolled } = await withRaw([{ value: "5" }, { value: "7", region: "East" }]);
    await rollUp("hour", "2024072012");
    await rollUp("hour", "2024072012");
    expect(rolled("hour")).toMatchObject([{ value: "5" }]);
  });

  it("refuses what is no unit", async () => {
    const { rollUp } = await withRaw([]);
    const invalid = "400 Missing or invalid parameters";
    expect(await rollUp("raw", "202407201200")).toBe(invalid);
    expect(await rollUp("hour", "20240720")).toBe(invalid);
    expect(await rollUp("hour", "2024072012", "0")).toBe(invalid);
  });
});

describe("POST /usage/storage and storageall (13.9, 13.10)", () => {
  it("write down what users and groups store: of those who changed it, or of all", async () => {
    const { state, send } = await withRaw([]);
    edit(state, { action: "giveBucket", ...johnsAddress, bucketName: "b1" });
    edit(state, { action: "changeBucket", bucketName: "b1", bucket: { byteCount: 1000, objectCount: 2 } });
    const written = async (path: string) => {
      state.usage.records = state.usage.records.map((record) => ({ ...record, timestamp: 0 }));
      expect(outcome(await send("POST", path))).toBe("200 ");
      return state.usage.records
        .filter(({ timestamp }) => timestamp > 0)
        .map(({ subject, operation, value }) => [Object.values(subject.shown).join("|"), operation, value]);
    };
    const changed = [
      ["QA|John", "SB", "1000"],
      ["QA|John", "SO", "2"],
      ["QA|*", "SB", "1000"],
      ["QA|*", "SO", "2"],
    ];
    expect(await written("/usage/storage")).toEqual(changed);
    expect(await written("/usage/storage")).toEqual([]);
    const all = await written("/usage/storageall");
    expect(all).toEqual(expect.arrayContaining([...changed, ["0|admin", "SB", "0"], ["0|*", "SO", "0"]]));
    expect(all).toHaveLength(8);
  });
});
