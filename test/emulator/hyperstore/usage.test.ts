import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import type { HyperStoreEmulator } from "../../../emulator/hyperstore/index.ts";
import type { UsageRecord } from "../../../emulator/hyperstore/usagedata.ts";
import { johnsAddress, outcome, withJohn } from "./harness.ts";

const hour = 3_600_000;
const noon = Date.UTC(2024, 6, 20, 12);
const interval = { startTime: "202407201200", endTime: "202407202000" };
const john = "QA|John";
const invalid = "400 Missing or invalid parameters";

/** Records of John's, one for each value, an hour apart unless said otherwise. */
function record(
  { state }: Pick<HyperStoreEmulator, "state">,
  records: Partial<UsageRecord>[],
  canonicalUserId = [...state.users.keys()].at(-1),
): void {
  records.forEach((each, nth) => {
    state.usage.records.push({
      granularity: "hour",
      subject: { key: `user/${canonicalUserId}`, shown: { groupId: "QA", userId: "John" } },
      region: "region1",
      operation: "SB",
      timestamp: noon + nth * hour,
      value: String(nth),
      maxValue: "0",
      count: 1,
      ...each,
    });
  });
}

async function withUsage(records: Partial<UsageRecord>[] = [{}, {}, {}, {}]) {
  const emulator = await withJohn();
  record(emulator, records);
  const ask = (query: Record<string, string>) =>
    emulator.send("GET", "/usage", {
      query: { operation: "SB", granularity: "hour", ...interval, ...query },
    });
  const values = async (query: Record<string, string>) =>
    (await ask(query)).json().map(({ value }: { value: string }) => value);
  return { ...emulator, ask, values };
}

describe("GET /usage (13.2)", () => {
  it("has figures as strings, and null for what is of buckets only", async () => {
    const { ask } = await withUsage([{ value: "80319535", count: 744, maxValue: "305443" }]);
    expect((await ask({ id: john })).json()).toEqual([
      {
        averageValue: "107956",
        bucket: null,
        count: "744",
        groupId: "QA",
        ip: "",
        maxValue: "305443",
        operation: "SB",
        region: "region1",
        timestamp: String(noon),
        uri: "",
        userId: "John",
        value: "80319535",
        whitelistAverageValue: "0",
        whitelistCount: "0",
        whitelistMaxValue: "0",
        whitelistValue: "0",
      },
    ]);
  });

  it("leaves out the end of the interval, other granularities and other operations", async () => {
    const { values } = await withUsage([{}, {}, { granularity: "day" }, { operation: "SO" }]);
    expect(await values({ id: john })).toEqual(["0", "1"]);
    expect(await values({ id: john, endTime: "202407201300" })).toEqual(["0"]);
  });

  it("knows deleted users by their canonical ids alone", async () => {
    const { values, canonicalUserId, state } = await withUsage();
    expect(await values({ canonicalUserId })).toHaveLength(4);
    edit(state, { action: "recreateUser", ...johnsAddress });
    expect(await values({ id: john })).toEqual([]);
    expect(await values({ canonicalUserId })).toHaveLength(4);
  });

  it("gives one record more than a page holds, whose timestamp is the next offset", async () => {
    const { ask, values } = await withUsage();
    const first = (await ask({ id: john, pageSize: "2", limit: "1" })).json();
    expect(first).toHaveLength(3);
    const offset = first[2].timestamp;
    expect(await values({ id: john, pageSize: "2", offset })).toEqual(["2", "3"]);
    expect(await values({ id: john, pageSize: "1", reversed: "true" })).toEqual(["3", "2"]);
    expect(await values({ id: john, pageSize: "2", reversed: "true", offset })).toEqual(["2", "1", "0"]);
    expect(await values({ id: john, limit: "3" })).toEqual(["0", "1", "2"]);
  });

  it("keeps regions apart, or gives all of them", async () => {
    const { ask, values, state } = await withUsage([{}, { region: "East", timestamp: noon }, {}]);
    state.regions.push("East");
    expect(await values({ id: john })).toEqual(["0", "2"]);
    expect(await values({ id: john, region: "East" })).toEqual(["1"]);
    expect(await values({ id: john, region: "ALL" })).toEqual(["0", "1", "2"]);
    const offset = String(noon);
    expect(await values({ id: john, region: "ALL", pageSize: "5", offset, regionOffset: "East" })).toEqual([
      "1",
      "2",
    ]);
    expect(outcome(await ask({ id: john, region: "West" }))).toBe("400 Invalid parameter: region = West");
    expect(outcome(await ask({ id: john, region: "ALL", regionOffset: "West" }))).toBe(
      "400 Invalid parameter: regionOffset = West",
    );
  });

  it("refuses what is missing, conflicts or is no such thing", async () => {
    const { ask, canonicalUserId } = await withUsage();
    expect(outcome(await ask({}))).toBe(invalid);
    expect(outcome(await ask({ id: john, canonicalUserId }))).toBe(
      "400 Conflicting parameters: {canonicalUserId, id}",
    );
    for (const wrong of [
      { operation: "BI" },
      { granularity: "week" },
      { startTime: "202407321200" },
      { endTime: "20240720" },
      { limit: "many" },
      { granularity: "raw", endTime: "202407211201" },
    ] as Record<string, string>[])
      expect(outcome(await ask({ id: john, ...wrong }))).toBe(invalid);
  });
});

describe("usage of buckets", () => {
  async function withTraffic() {
    const emulator = await withUsage([]);
    const onTheHour = (moment: number) =>
      `${new Date(moment).toISOString().replace(/[-T:]/g, "").slice(0, 10)}00`;
    const around = { startTime: onTheHour(Date.now()), endTime: onTheHour(Date.now() + 2 * hour) };
    edit(emulator.state, { action: "giveBucket", ...johnsAddress, bucketName: "b1" });
    edit(emulator.state, { action: "transfer", bucketName: "b1", operation: "HP", bytes: 3000 });
    edit(emulator.state, { action: "transfer", bucketName: "b1", operation: "HG", bytes: 3222 });
    return { ...emulator, around: { ...around, granularity: "raw" } };
  }

  it("and of requests is not counted until switched on", async () => {
    const { state, values, around } = await withTraffic();
    const ofBucket = { bucket: "b1", operation: "BO", ...around };
    const ofUser = { id: john, operation: "HG", ...around };
    expect([await values(ofBucket), await values(ofUser)]).toEqual([[], []]);
    edit(state, { action: "changeUsage", usage: { ofBuckets: true, ofTraffic: true } });
    expect([await values(ofBucket), await values(ofUser)]).toEqual([["3222"], ["3222"]]);
    expect(await values({ ...ofUser, id: "QA|*", operation: "HP" })).toEqual(["3000"]);
  });

  it("has null for what is of users only", async () => {
    const { state, ask, around } = await withTraffic();
    state.usage.ofBuckets = true;
    const [row] = (await ask({ bucket: "b1", operation: "BO", ...around })).json();
    expect(row).toMatchObject({
      averageValue: "3222",
      bucket: "b1",
      count: "0",
      groupId: null,
      ip: "10.10.0.1",
      maxValue: "0",
      policyId: state.cluster.policies[0]?.policyId,
      region: null,
      uri: null,
      userId: null,
    });
  });

  it("takes neither pages nor regions nor minutes", async () => {
    const { ask } = await withTraffic();
    const bucket = "b1";
    for (const wrong of [
      { reversed: "false" },
      { pageSize: "5" },
      { offset: "1" },
      { region: "region1" },
      { startTime: "202407201201" },
      { endTime: "202407201259" },
    ] as Record<string, string>[])
      expect(outcome(await ask({ bucket, ...wrong }))).toBe(invalid);
  });

  it("comes raw for several buckets from POST /usage/bucket (13.3)", async () => {
    const { state, send, around } = await withTraffic();
    state.usage.ofBuckets = true;
    const { granularity: _, ...times } = around;
    const ask = (body: unknown) => send("POST", "/usage/bucket", { body });
    const rows = (await ask({ buckets: ["b1", "b2"], ...times })).json();
    expect(rows).toMatchObject([{ bucket: "b1" }, { bucket: "b2", data: [] }]);
    expect(rows[0].data.map(({ operation }: { operation: string }) => operation)).toEqual([
      "HP",
      "BI",
      "HG",
      "BO",
    ]);
    expect(outcome(await ask({ buckets: ["b1"], startTime: times.startTime }))).toBe(
      "400 Missing required attributes : {buckets, startTime, endTime}",
    );
    expect(outcome(await ask({ buckets: "b1", ...times }))).toBe("400 Invalid JSON Object");
  });

  it("is counted at once by POST /usage/repair/bucket, and kept as TB and TO (13.5)", async () => {
    const { state, send, values, around } = await withTraffic();
    state.usage.ofBuckets = true;
    edit(state, { action: "changeBucket", bucketName: "b1", bucket: { byteCount: 305360, objectCount: 9 } });
    const counted = await send("POST", "/usage/repair/bucket", { query: { bucket: "b1" } });
    expect(counted.json()).toEqual({ TB: 305360, TO: 9 });
    expect(await values({ bucket: "b1", operation: "TB", ...around })).toEqual(["305360"]);
    expect(await values({ bucket: "b1", operation: "TO", ...around })).toEqual(["9"]);
    const unknown = await send("POST", "/usage/repair/bucket", { query: { bucket: "none" } });
    expect(outcome(unknown)).toBe("204 ");
  });
});

describe("DELETE /usage (13.1)", () => {
  it("deletes units of one granularity, of users and groups", async () => {
    const { send, values, state } = await withUsage();
    record({ state }, [
      { subject: { key: "bucket/b1", shown: { bucket: "b1", policyId: "" } } },
      { granularity: "day" },
    ]);
    const remove = async (query: Record<string, string>) =>
      outcome(await send("DELETE", "/usage", { query }));
    expect(await remove({ granularity: "hour", startTime: "2024072012", unitCount: "2" })).toBe("200 ");
    expect(await values({ id: john })).toEqual(["2", "3"]);
    expect(state.usage.records).toHaveLength(4);
    for (const wrong of [{ unitCount: "101" }, { unitCount: "0" }, { startTime: "20240720" }])
      expect(await remove({ granularity: "hour", startTime: "2024072012", ...wrong })).toBe(invalid);
    expect(await remove({ granularity: "month", startTime: "202407" })).toBe("200 ");
    expect(await remove({ granularity: "raw", startTime: "202407201200" })).toBe("200 ");
  });
});

describe("repairs (13.4, 13.6, 13.7)", () => {
  it("are done, of what there is", async () => {
    const { send } = await withJohn();
    const repair = async (path: string, query: Record<string, string> = {}) =>
      outcome(await send("POST", `/usage/repair${path}`, { query }));
    expect(await repair("", { groupId: "QA", summarizeCountsOnly: "true" })).toBe("200 ");
    expect(await repair("", { groupId: "ALL" })).toBe("200 ");
    expect(await repair("", { groupId: "none" })).toBe(invalid);
    expect(await repair("/dirtyusers")).toBe("200 ");
    expect(await repair("/dirtyusers", { summarizeCounts: "perhaps" })).toBe(invalid);
    expect(await repair("/user", { ...johnsAddress, region: "region1" })).toBe("200 ");
    expect(await repair("/user", { userId: "John" })).toBe(invalid);
  });
});
