import { expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { getHistory, listEvents } from "../../../provider/hyperstore/functions/events.ts";
import { getMonitor, getNode, listNodes } from "../../../provider/hyperstore/functions/monitor.ts";
import { withSession } from "../kit.ts";

const nodeId = "centos7-vm1";
const recent = expect.closeTo(Date.now(), -5);
const ok = { status: ["OK"], timestamp: recent };

test("listNodes answers the host names of a region", async () => {
  const { ask, state } = await withSession();
  state.regions.push("East");
  expect(await ask(listNodes)).toEqual({ nodes: [nodeId, "centos7-vm2", "centos7-vm3"] });
  expect(await ask(listNodes, { region: "East" })).toEqual({ nodes: [] });
  await expect(ask(listNodes, { region: "West" })).rejects.toThrow(/Invalid region : West/);
});

test("getNode answers services, disks and statistics, without what is not measured", async () => {
  const { ask, state } = await withSession();
  edit(state, {
    action: "changeNode",
    nodeId,
    node: { services: { svcS3: ["SVC_DOWN"], svcAdmin: ["OK"] } },
  });
  const node = await ask(getNode, { nodeId });
  const ipaddr = "10.50.50.201";
  expect(node).toEqual({
    status: { status: ["SVC_DOWN"], timestamp: recent },
    services: {
      svcS3: { status: ["SVC_DOWN"], timestamp: recent, ipaddr },
      svcAdmin: { ...ok, ipaddr },
    },
    disks: [
      {
        deviceName: "/dev/mapper/vg0-root",
        mountPoint: "/",
        status: "OK",
        storageUse: ["CASSANDRA", "REDIS", "LOG"],
        diskTotalKiB: 15874468,
        diskUsedKiB: 13285096,
        diskAvailKiB: 1776316,
        diskIORead: 724419584,
        diskIOWrite: 471087837184,
      },
      expect.objectContaining({ deviceName: "/dev/vdb1", storageUse: ["HS"] }),
    ],
    statistics: expect.objectContaining({
      cpu: { value: 0.06, timestamp: recent },
      diskTotalKb: { value: 36056096, timestamp: recent },
      s3PutLatency: { value: 18.4, timestamp: recent },
    }),
  });
  expect(Object.keys(node.statistics as object)).toHaveLength(24);
  for (const absent of ["s3GetTPS", "status", "svcS3", "disksInfo"])
    expect(node.statistics).not.toHaveProperty(absent);
});

test("getNode says that there is no such node", async () => {
  const { ask } = await withSession();
  await expect(ask(getNode, { nodeId: "none" })).rejects.toThrow(/no node "none": listNodes/);
});

test("getMonitor answers a region's nodes and sums", async () => {
  const { ask } = await withSession();
  const statistic = (value: number) => ({ value, timestamp: recent });
  expect(await ask(getMonitor)).toEqual({
    status: ok,
    nodes: [
      { hostname: nodeId, ...ok },
      { hostname: "centos7-vm2", ...ok },
      { hostname: "centos7-vm3", ...ok },
    ],
    statistics: {
      diskAvailKb: statistic(3 * 21912316),
      diskTotalKb: statistic(3 * 36056096),
      diskUsedKb: statistic(3 * 13330724),
      s3GetThruput: statistic(0),
      s3PutLatency: statistic(18.4),
      s3PutTPS: statistic(0),
      s3PutThruput: statistic(0),
    },
  });
});

test("getMonitor refuses a sum beyond 2^53, which the document warns of", async () => {
  const { ask, state } = await withSession();
  await ask(getMonitor);
  for (const { statistics } of state.monitored.values()) statistics.diskTotalKb = "9007199254740991";
  await expect(ask(getMonitor)).rejects.toThrow(/diskTotalKb is beyond 9007199254740991/);
});

const event = {
  nodeId,
  eventType: "13|/dev/mapper/vg0-root",
  statId: "diskInfo",
  condition: "<",
  conditionVal: "0.15",
  value: "/dev/mapper/vg0-root: 0.11198006761549427",
  severityLevel: 2,
};

test("listEvents answers events whole, the acknowledged ones on request", async () => {
  const { ask, state, send } = await withSession();
  edit(state, { action: "raiseEvent", event });
  const raised = { ...event, count: 1, timestamp: recent, ack: false };
  expect(await ask(listEvents, { nodeId })).toEqual({ events: [raised], more: false });
  const body = { nodeId, eventTypes: [event.eventType] };
  await send("POST", "/monitor/acknowledgeevents", { query: { nodeId }, body });
  expect(await ask(listEvents, { nodeId })).toEqual({ events: [], more: false });
  expect(await ask(listEvents, { nodeId, showAck: true })).toEqual({
    events: [{ ...raised, ack: true }],
    more: false,
  });
});

test("listEvents answers 100 unless told otherwise, and says when there are more", async () => {
  const { ask, state } = await withSession();
  for (let nth = 0; nth <= 100; nth++)
    edit(state, { action: "raiseEvent", event: { ...event, eventType: `${nth}` } });
  const { events, more } = await ask(listEvents, { nodeId });
  expect([(events as unknown[]).length, more]).toEqual([100, true]);
  const all = await ask(listEvents, { nodeId, limit: 101 });
  expect([(all.events as unknown[]).length, all.more]).toEqual([101, false]);
  await expect(ask(listEvents, { nodeId, limit: 10_001 })).rejects.toThrow(/limit/);
});

const history = { nodeId, statId: "cpu", startTime: "202407201200", endTime: "202407201210" };

test("getHistory answers a statistic's values, from the path of the example", async () => {
  const { ask, state, requests } = await withSession();
  const since = Date.UTC(2024, 6, 1);
  edit(state, { action: "changeNode", nodeId, node: { since } });
  const noon = Date.UTC(2024, 6, 20, 12);
  expect(await ask(getHistory, history)).toEqual({
    values: [
      { value: 0.06, timestamp: noon },
      { value: 0.06, timestamp: noon + 300_000 },
    ],
  });
  expect(requests.at(-1)).toMatchObject({ path: "/monitor/history", query: history });
  const week = { ...history, statId: "ioRx", startTime: "202407010000", endTime: "202407080000" };
  const { values } = await ask(getHistory, week);
  expect(values).toHaveLength(10_080);
});

test("getHistory asks for no more than a week, and for what has a history", async () => {
  const { ask } = await withSession();
  await expect(ask(getHistory, { ...history, endTime: "202407271201" })).rejects.toThrow(
    /endTime must be at most 168 hours after startTime/,
  );
  await expect(ask(getHistory, { ...history, endTime: history.startTime })).rejects.toThrow(/later/);
  await expect(ask(getHistory, { ...history, statId: "diskAvailKb" })).rejects.toThrow(/statId/);
});
