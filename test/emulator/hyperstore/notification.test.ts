import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outcome, type Send, start } from "./harness.ts";

const path = "/monitor/notificationrule";
/** The sample of 7.11.3. */
const latency = {
  condition: ">",
  conditionVal: "150",
  email: "default",
  enabled: true,
  region: "",
  ruleId: "",
  severityLevel: 1,
  snmpTrap: false,
  statId: "s3GetLatency",
};
type Rule = typeof latency;

const rules = async (send: Send, query: Record<string, string> = {}): Promise<Rule[]> =>
  (await send("GET", "/monitor/notificationrules", { query })).json();
const ofLatency = async (send: Send, query = {}) =>
  (await rules(send, query)).filter(({ statId }) => statId === latency.statId);

/** A system with one rule beside the packaged ones, and its id. */
async function withRule() {
  const emulator = await start();
  await emulator.send("PUT", path, { body: latency });
  const [rule] = await ofLatency(emulator.send);
  return { ...emulator, ruleId: rule?.ruleId ?? "" };
}

describe("GET /monitor/notificationrules (7.7)", () => {
  it("shows the packaged rules as the sample does: by statId, with a blank region", async () => {
    const { send } = await start();
    const listed = await rules(send);
    expect(listed.slice(0, 3)).toEqual([
      { ...latency, conditionVal: "0.9", ruleId: "12", severityLevel: 1, statId: "cpu" },
      {
        ...latency,
        condition: "",
        conditionVal: "",
        ruleId: "19",
        severityLevel: 3,
        statId: "currentFailDiskInfo",
      },
      {
        ...latency,
        condition: "<",
        conditionVal: "0.1",
        ruleId: "11",
        severityLevel: 2,
        statId: "diskAvail",
      },
    ]);
    expect(listed.every(({ ruleId }) => /^\d{1,2}$/.test(ruleId))).toBe(true);
    expect(new Set(listed.map(({ ruleId }) => ruleId)).size).toBe(18);
  });

  it("has each region's own, the default one where none is named", async () => {
    const { send, state } = await start();
    state.regions.push("region2");
    await send("PUT", path, { body: { ...latency, region: "region2" } });
    expect(await ofLatency(send)).toEqual([]);
    expect(await ofLatency(send, { region: "region1" })).toEqual([]);
    expect(await ofLatency(send, { region: "region2" })).toMatchObject([{ region: "", conditionVal: "150" }]);
    const reply = await send("GET", "/monitor/notificationrules", { query: { region: "region3" } });
    expect(outcome(reply)).toBe("400 Region region3 is not valid");
  });
});

describe("PUT /monitor/notificationrule (7.11)", () => {
  it("answers no id, and makes equal rules as often as it is asked", async () => {
    const { send } = await start();
    for (const _ of [1, 2]) expect(outcome(await send("PUT", path, { body: latency }))).toBe("200 ");
    const [one, other] = await ofLatency(send);
    expect(one?.ruleId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(other).toEqual({ ...one, ruleId: other?.ruleId });
    expect(other?.ruleId).not.toBe(one?.ruleId);
  });

  it("takes an omitted enabled for false, an omitted email for none, and no trap", async () => {
    const { send } = await start();
    const { enabled, email, snmpTrap, region, ...body } = latency;
    await send("PUT", path, { body });
    expect(await ofLatency(send)).toMatchObject([{ enabled: false, email: "", snmpTrap: false }]);
  });

  it.each([
    ["no JSON", "{"],
    ["no condition", { ...latency, condition: undefined }],
    ["another condition", { ...latency, condition: ">=" }],
    ["a number for a text", { ...latency, conditionVal: 150 }],
    ["a text for a number", { ...latency, severityLevel: "1" }],
    ["a fifth severity", { ...latency, severityLevel: 4 }],
    ["no statistic", { ...latency, statId: "" }],
    ["an id of its own", { ...latency, ruleId: "7" }],
    ["an unknown attribute", { ...latency, name: "x" }],
  ])("refuses %s", async (_, body) => {
    const { send } = await start();
    expect(outcome(await send("PUT", path, { body }))).toBe("400 Invalid JSON object");
  });
});

describe("POST /monitor/notificationrule (7.10)", () => {
  it("replaces the whole rule", async () => {
    const { send, ruleId } = await withRule();
    const { email, enabled, ...body } = { ...latency, ruleId, severityLevel: 2 };
    expect(outcome(await send("POST", path, { body }))).toBe("200 ");
    expect(await ofLatency(send)).toEqual([{ ...body, email: "", enabled: false }]);
  });

  it("knows a rule in its own region alone", async () => {
    const { send, state, ruleId } = await withRule();
    state.regions.push("region2");
    const body = { ...latency, ruleId, region: "region2" };
    expect(outcome(await send("POST", path, { body }))).toBe(
      `400 Notification rule Id does not exist : ${ruleId}`,
    );
  });

  it.each([
    ["no such rule", { ...latency, ruleId: "none" }, "400 Notification rule Id does not exist : none"],
    ["no id", { ...latency, ruleId: undefined }, "400 Invalid JSON object"],
    ["no JSON", "nothing", "400 Invalid JSON object"],
  ])("refuses %s", async (_, body, expected) => {
    const { send } = await start();
    expect(outcome(await send("POST", path, { body }))).toBe(expected);
  });
});

describe("POST /monitor/notificationruleenable (7.9)", () => {
  it("changes that alone, of several rules", async () => {
    const { send, ruleId } = await withRule();
    const body = { enable: false, regionId: "", ruleList: [ruleId, "12"] };
    expect(outcome(await send("POST", `${path}enable`, { body }))).toBe("200 ");
    const off = (await rules(send)).filter(({ enabled }) => !enabled);
    expect(off).toMatchObject([
      { ruleId: "12", conditionVal: "0.9" },
      { ...latency, ruleId, enabled: false },
    ]);
    await send("POST", `${path}enable`, { body: { ...body, enable: true } });
    expect((await rules(send)).every(({ enabled }) => enabled)).toBe(true);
  });

  it.each([
    [
      "an unknown rule",
      { enable: false, ruleList: ["12", "none"] },
      "400 Notification rule does not exist : none",
    ],
    ["no rules", { enable: false, ruleList: [] }, "400 Missing required parameters : {ruleId}"],
    ["no word on it", { ruleList: ["12"] }, "400 Missing required parameters : {ruleId}"],
    ["the attribute's other name", { enabled: false, ruleList: ["12"] }, "400 Invalid JSON object"],
    ["an unknown region", { enable: false, regionId: "x", ruleList: ["12"] }, "400 Region x is not valid"],
  ])("refuses %s, and changes nothing", async (_, body, expected) => {
    const { send } = await start();
    expect(outcome(await send("POST", `${path}enable`, { body }))).toBe(expected);
    expect((await rules(send)).every(({ enabled }) => enabled)).toBe(true);
  });
});

describe("DELETE /monitor/notificationrule (7.1)", () => {
  const remove = async (send: Send, query: Record<string, string>) =>
    outcome(await send("DELETE", path, { query }));

  it("deletes once", async () => {
    const { send, ruleId } = await withRule();
    expect(await remove(send, { ruleId })).toBe("200 ");
    expect(await ofLatency(send)).toEqual([]);
    expect(await remove(send, { ruleId })).toBe(`400 Notification rule does not exist : ${ruleId}`);
  });

  it("answers 400 without an id, and 404 to a parameter of another case", async () => {
    const { send } = await start();
    expect(await remove(send, {})).toBe("400 Missing required parameters : {ruleId}");
    expect(await remove(send, { ruleid: "12" })).toMatch(/^404/);
  });
});

it("rules outlive the emulator where it keeps its data", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rules-"));
  const data = join(folder, "data.json");
  const first = await start({ data });
  await first.send("PUT", path, { body: latency });
  const before = await rules(first.send);
  expect(await rules((await start({ data })).send)).toEqual(before);
  rmSync(folder, { recursive: true });
});
