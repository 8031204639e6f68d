import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { momentIn } from "./moment.ts";
import type { Monitored } from "./monitored.ts";
import { eventsOf, nodeIn, nodesOf } from "./nodes.ts";
import { regionIn } from "./region.ts";
import { lacks } from "./request.ts";
import { json, nothing, refuse } from "./respond.ts";

/** Statistics that have a history, and the minutes between two of its points (7.6.2). */
const minutesBetween: Readonly<Record<string, number>> = {
  diskIORead: 1,
  diskIOWrite: 1,
  ioTx: 1,
  ioRx: 1,
  cpu: 5,
  s3GetTPS: 5,
  s3PutTPS: 5,
  s3GetThruput: 5,
  s3PutThruput: 5,
  s3GetLatency: 5,
  s3PutLatency: 5,
  adminHeapUsed: 5,
  cassHeapUsed: 5,
  hyperStoreHeapUsed: 5,
  s3HeapUsed: 5,
};

export function monitorRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "GET", path: "/monitor", query: ["region"], handle: (call) => system(context, call) },
    {
      method: "GET",
      path: "/monitor/nodelist",
      query: ["region"],
      handle: (call) => nodeList(context, call),
    },
    {
      method: "GET",
      path: "/monitor/host",
      query: ["nodeId", "region"],
      handle: (call) => host(context, call),
    },
    {
      // Its syntax line says /monitor; the example and the list of methods have this path (7.6.3, 1.2).
      method: "GET",
      path: "/monitor/history",
      query: ["nodeId", "region", "statId", "startTime", "endTime"],
      handle: (call) => history(context, call),
    },
  ];
}

export const noRegion = (call: Call): Answer => refuse(call, 400, `Invalid region : ${call.query.region}`);

// 7.3
function nodeList({ state }: Context, call: Call): Answer {
  const region = regionIn(state.regions, call);
  if (region === undefined) return noRegion(call);
  return json(nodesOf(state, region).map(({ hostname }) => hostname));
}

// 7.4. Of a node that does not exist the document says nothing: 204 is what most methods answer.
function host({ state }: Context, call: Call): Answer {
  if (lacks(call, "nodeId")) return refuse(call, 400, "Missing required parameters : {nodeId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return noRegion(call);
  const node = nodeIn(state, call.query.nodeId, region);
  if (!node) return nothing();
  const { monitored, address } = node;
  const timestamp = String(Date.now());
  const statistics = Object.entries(monitored.statistics).map(([name, value]) => [
    name,
    value === null ? null : { timestamp, value },
  ]);
  const services = Object.entries(monitored.services).map(([name, status]) => [
    name,
    statusNow(status, timestamp, address),
  ]);
  return json({
    ...Object.fromEntries(statistics),
    disksInfo: { disks: monitored.disks, timestamp },
    status: statusNow(statusOf(monitored), timestamp, ""),
    ...Object.fromEntries(services),
  });
}

// 7.5
function system({ state }: Context, call: Call): Answer {
  const region = regionIn(state.regions, call);
  if (region === undefined) return noRegion(call);
  const nodes = nodesOf(state, region);
  const timestamp = String(Date.now());
  const stat = (name: string, combine: (values: string[]) => string) => {
    const values = nodes.map(({ monitored }) => monitored.statistics[name]).filter((value) => value != null);
    return values.length === 0 ? null : { timestamp, value: combine(values) };
  };
  const isDown = nodes.some(({ monitored }) => statusOf(monitored).includes("SVC_DOWN"));
  return json({
    diskAvailKb: stat("diskAvailKb", sum),
    diskTotalKb: stat("diskTotalKb", sum),
    diskUsedKb: stat("diskUsedKb", sum),
    nodeStatuses: nodes.map(({ hostname, monitored }) => ({
      hostname,
      ...statusNow(statusOf(monitored), timestamp, null),
    })),
    s3GetLatency: stat("s3GetLatency", highest),
    s3GetTPS: stat("s3GetTPS", total),
    s3GetThruput: stat("s3GetThruput", total),
    s3PutLatency: stat("s3PutLatency", highest),
    s3PutTPS: stat("s3PutTPS", total),
    s3PutThruput: stat("s3PutThruput", total),
    status: statusNow([isDown ? "SVC_DOWN" : "OK"], timestamp, ""),
  });
}

// 7.6. The emulator measures nothing: what a node shows now it showed ever since there is a history.
function history({ state }: Context, call: Call): Answer {
  const { nodeId, statId = "" } = call.query;
  if (lacks(call, "nodeId") && lacks(call, "region"))
    return refuse(call, 400, "Both regionId and nodeId are empty");
  const missing = ["nodeId", "statId", "startTime", "endTime"].find((name) => lacks(call, name));
  if (missing) return refuse(call, 400, `Missing parameter : ${missing}`);
  const region = regionIn(state.regions, call);
  if (region === undefined) return noRegion(call);
  const minutes = minutesBetween[statId];
  if (minutes === undefined) return refuse(call, 400, "Invalid parameter : statId");
  const start = momentIn(call.query.startTime, "minute");
  if (start === undefined) return refuse(call, 400, "Invalid parameter : startTime");
  const end = momentIn(call.query.endTime, "minute");
  if (end === undefined) return refuse(call, 400, "Invalid parameter : endTime");
  const node = nodeIn(state, nodeId, region);
  const value = node?.monitored.statistics[statId];
  if (!node || value == null) return json([]);
  const points = [];
  const step = minutes * 60_000;
  const first = Math.ceil(Math.max(start, node.monitored.since) / step) * step;
  for (let at = first; at < Math.min(end, Date.now()); at += step)
    points.push({ timestamp: String(at), value });
  return json(points);
}

/** "OK" asks for no unacknowledged events either (7.4.4); with what they show is not said of other than log events. */
function statusOf(node: Monitored): string[] {
  const problems = Object.values(node.services).flat();
  if (eventsOf(node).some(({ ack }) => !ack)) problems.push("LOG_WARN");
  const shown = [...new Set(problems)].filter((status) => status !== "OK");
  return shown.length > 0 ? shown : ["OK"];
}

function statusNow(status: string[], timestamp: string, ipaddr: string | null) {
  return { ipaddr, status, timestamp, value: `[${status.join(", ")}]` };
}

// "Can potentially be larger than a 64 bit integer can hold" (7.5.4).
const sum = (values: string[]) => String(values.reduce((all, each) => all + BigInt(each), 0n));
const total = (values: string[]) => String(values.reduce((all, each) => all + Number(each), 0));
const highest = (values: string[]) => String(Math.max(...values.map(Number)));
