import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { nodesOf } from "../../../emulator/hyperstore/nodes.ts";
import { outcome, start } from "./harness.ts";

const diskEvent = {
  condition: "<",
  conditionVal: "0.15",
  eventType: "13|/dev/mapper/vg0-root",
  nodeId: "centos7-vm1",
  severityLevel: 2,
  statId: "diskInfo",
  value: "/dev/mapper/vg0-root: 0.11198006761549427",
};
const repairEvent = { ...diskEvent, eventType: "14|", statId: "repairCompletionStatus", severityLevel: 0 };
const nodeId = diskEvent.nodeId;

async function withEvents() {
  const emulator = await start();
  edit(emulator.state, { action: "raiseEvent", event: diskEvent });
  edit(emulator.state, { action: "raiseEvent", event: repairEvent });
  const events = async (query: Record<string, string> = {}) =>
    (await emulator.send("GET", "/monitor/events", { query: { nodeId, ...query } })).json();
  const acknowledge = (body: unknown, query: Record<string, string> = { nodeId }) =>
    emulator.send("POST", "/monitor/acknowledgeevents", { query, body });
  return { ...emulator, events, acknowledge };
}

describe("nodes", () => {
  it("are listed by region (7.3)", async () => {
    const { send, state } = await start();
    state.regions.push("East");
    state.cluster.nodes.push({ hostname: "east1", address: "10.1.1.1", region: "East", dataCenter: "DC2" });
    const list = async (query: Record<string, string>) =>
      outcome(await send("GET", "/monitor/nodelist", { query }));
    expect(await list({})).toBe('200 ["centos7-vm1","centos7-vm2","centos7-vm3"]');
    expect(await list({ region: "East" })).toBe('200 ["east1"]');
    expect(await list({ region: "West" })).toBe("400 Invalid region : West");
  });

  it("show statistics as strings, null where nothing is measured (7.4)", async () => {
    const { send } = await start();
    const info = (await send("GET", "/monitor/host", { query: { nodeId } })).json();
    expect(info.cpu).toEqual({ timestamp: expect.stringMatching(/^\d{13}$/), value: "0.06" });
    expect(info.s3GetTPS).toBeNull();
    expect(info.svcS3).toMatchObject({ ipaddr: "10.50.50.201", status: ["OK"], value: "[OK]" });
    expect(info.status).toMatchObject({ ipaddr: "", status: ["OK"], value: "[OK]" });
    expect(info.disksInfo.disks).toHaveLength(2);
    expect(info.disksInfo.disks[0]).toMatchObject({ mountPoint: "/", diskAvailKb: "1776316", status: "OK" });
  });

  it("need a name, and a right one", async () => {
    const { send } = await start();
    expect(outcome(await send("GET", "/monitor/host"))).toBe("400 Missing required parameters : {nodeId}");
    const wrong = await send("GET", "/monitor/host", { query: { nodeId: "none" } });
    expect(outcome(wrong)).toBe("204 ");
  });

  it("tell of services that are down, to the region too (7.4, 7.5)", async () => {
    const { send, state } = await start();
    const services = { svcS3: ["SVC_DOWN", "LOG_ERR"], svcAdmin: ["OK"] };
    edit(state, { action: "changeNode", nodeId, node: { services } });
    const info = (await send("GET", "/monitor/host", { query: { nodeId } })).json();
    expect(info.status).toMatchObject({
      status: ["SVC_DOWN", "LOG_ERR"],
      value: "[SVC_DOWN, LOG_ERR]",
    });
    const region = (await send("GET", "/monitor")).json();
    expect(region.status.status).toEqual(["SVC_DOWN"]);
    expect(region.nodeStatuses).toMatchObject([
      { hostname: "centos7-vm1", ipaddr: null, status: ["SVC_DOWN", "LOG_ERR"] },
      { hostname: "centos7-vm2", status: ["OK"] },
      { hostname: "centos7-vm3", status: ["OK"] },
    ]);
  });

  it("are summed up over the region, beyond 64 bits too (7.5.4)", async () => {
    const { send, state } = await start();
    const region = (await send("GET", "/monitor")).json();
    expect(region.diskTotalKb.value).toBe(String(3 * 36056096));
    expect(region.s3PutLatency.value).toBe("18.4");
    expect(region.s3GetTPS).toBeNull();
    for (const { monitored } of nodesOf(state, "region1"))
      monitored.statistics.diskTotalKb = "9223372036854775807";
    expect((await send("GET", "/monitor")).json().diskTotalKb.value).toBe("27670116110564327421");
    expect(outcome(await send("GET", "/monitor", { query: { region: "West" } }))).toBe(
      "400 Invalid region : West",
    );
  });
});

describe("history (7.6)", () => {
  const interval = { startTime: "202407201200", endTime: "202407201300" };

  async function withHistory() {
    const emulator = await start();
    const since = Date.UTC(2024, 6, 20, 12, 30);
    edit(emulator.state, { action: "changeNode", nodeId, node: { since } });
    const ask = (query: Record<string, string>) => emulator.send("GET", "/monitor/history", { query });
    return { ...emulator, ask, since };
  }

  it("has a point a minute or five, from the begin of the history to before the end", async () => {
    const { ask, since } = await withHistory();
    const cpu = (await ask({ nodeId, statId: "cpu", ...interval })).json();
    expect(cpu).toHaveLength(6);
    expect(cpu[0]).toEqual({ timestamp: String(since), value: "0.06" });
    expect(cpu[1].timestamp).toBe(String(since + 300_000));
    expect((await ask({ nodeId, statId: "ioRx", ...interval })).json()).toHaveLength(30);
    expect((await ask({ nodeId, statId: "s3GetTPS", ...interval })).json()).toEqual([]);
  });

  it("wants every parameter, and right ones", async () => {
    const { ask } = await withHistory();
    const statId = "cpu";
    expect(outcome(await ask({ statId, ...interval }))).toBe("400 Both regionId and nodeId are empty");
    expect(outcome(await ask({ nodeId, statId, startTime: "202407201200" }))).toBe(
      "400 Missing parameter : endTime",
    );
    expect(outcome(await ask({ nodeId, statId: "diskAvailKb", ...interval }))).toBe(
      "400 Invalid parameter : statId",
    );
    expect(outcome(await ask({ nodeId, statId, ...interval, startTime: "202402310000" }))).toBe(
      "400 Invalid parameter : startTime",
    );
    expect(outcome(await ask({ nodeId, region: "West", statId, ...interval }))).toBe(
      "400 Invalid region : West",
    );
  });
});

describe("events (7.2)", () => {
  it("are listed, as many as asked for, and count what comes again", async () => {
    const { state, events, send } = await withEvents();
    edit(state, { action: "raiseEvent", event: { ...diskEvent, value: "worse" } });
    const listed = await events();
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual({
      ...diskEvent,
      value: "worse",
      ack: false,
      count: 2,
      timestamp: expect.stringMatching(/^\d{13}$/),
    });
    expect(await events({ limit: "1" })).toHaveLength(1);
    expect(outcome(await send("GET", "/monitor/events", { query: { nodeId, limit: "0" } }))).toBe(
      "400 Invalid limit",
    );
    expect(outcome(await send("GET", "/monitor/events"))).toBe("400 Missing required parameters : {nodeId}");
  });

  it("make a node's status a warning until they are acknowledged", async () => {
    const { send, acknowledge } = await withEvents();
    const status = async () =>
      (await send("GET", "/monitor/host", { query: { nodeId } })).json().status.status;
    expect(await status()).toEqual(["LOG_WARN"]);
    await acknowledge({ nodeId, eventTypes: [diskEvent.eventType, repairEvent.eventType] });
    expect(await status()).toEqual(["OK"]);
  });

  it("are acknowledged by type, shown on request, and gone after a day (7.8)", async () => {
    const { state, events, acknowledge } = await withEvents();
    expect(outcome(await acknowledge({ nodeId, eventTypes: [diskEvent.eventType, "99"] }))).toBe("200 ");
    expect(await events()).toMatchObject([{ eventType: "14|" }]);
    expect(await events({ showAck: "true" })).toHaveLength(2);
    for (const event of state.monitored.get(nodeId)?.events ?? [])
      if (event.acknowledgedAt) event.acknowledgedAt -= 86_400_000;
    expect(await events({ showAck: "true" })).toMatchObject([{ eventType: "14|", ack: false }]);
  });

  it("are deleted at once when that is asked for", async () => {
    const { events, acknowledge } = await withEvents();
    await acknowledge({ nodeId, eventTypes: ["14|"], delete: true });
    expect(await events({ showAck: "true" })).toMatchObject([{ eventType: diskEvent.eventType }]);
  });

  it("are not acknowledged by half a request", async () => {
    const { acknowledge } = await withEvents();
    const missing = "400 Missing required parameter : {nodeId, events}";
    expect(outcome(await acknowledge({ nodeId }))).toBe(missing);
    expect(outcome(await acknowledge({ eventTypes: ["14|"] }))).toBe(missing);
    expect(outcome(await acknowledge({ nodeId, eventTypes: ["14|"] }, {}))).toBe(missing);
    expect(outcome(await acknowledge({ nodeId: "centos7-vm2", eventTypes: ["14|"] }))).toBe(
      "400 Invalid JSON object",
    );
    expect(outcome(await acknowledge({ nodeId, eventTypes: "14|" }))).toBe("400 Invalid JSON object");
  });
});
