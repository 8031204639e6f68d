import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { noRegion } from "./monitor.ts";
import { eventsOf, nodeIn } from "./nodes.ts";
import { regionIn } from "./region.ts";
import { fits, lacks, objectIn } from "./request.ts";
import { done, json, refuse } from "./respond.ts";

const shape = { eventTypes: "strings", nodeId: "string", regionId: "string", delete: "boolean" } as const;

export function eventRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "GET",
      path: "/monitor/events",
      query: ["nodeId", "showAck", "limit", "region"],
      handle: (call) => list(context, call),
    },
    {
      method: "POST",
      path: "/monitor/acknowledgeevents",
      query: ["nodeId", "region"],
      handle: (call) => acknowledge(context, call),
    },
  ];
}

// 7.2. In which order, and which ones a limit leaves out, is not said: the sample has the latest first.
function list({ state }: Context, call: Call): Answer {
  if (lacks(call, "nodeId")) return refuse(call, 400, "Missing required parameters : {nodeId}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return noRegion(call);
  const { nodeId, showAck, limit = "100" } = call.query;
  if (!/^\d+$/.test(limit) || Number(limit) < 1) return refuse(call, 400, "Invalid limit");
  const node = nodeIn(state, nodeId, region);
  const events = node ? eventsOf(node.monitored) : [];
  return json(events.filter(({ ack }) => !ack || showAck === "true").slice(0, Number(limit)));
}

/**
 * 7.8. The node is mandatory in the query and in the payload, the region optional in both: that two which differ
 * are no valid object, and that events which the node does not have are passed over, are choices.
 */
function acknowledge({ state }: Context, call: Call): Answer {
  const body = objectIn(call);
  if (!body || !fits(body, shape)) return refuse(call, 400, "Invalid JSON object");
  if (lacks(call, "nodeId") || !body.nodeId || !body.eventTypes)
    return refuse(call, 400, "Missing required parameter : {nodeId, events}");
  const region = regionIn(state.regions, call);
  if (region === undefined) return noRegion(call);
  if (body.nodeId !== call.query.nodeId || (body.regionId ?? region) !== region)
    return refuse(call, 400, "Invalid JSON object");
  const types = body.eventTypes as string[];
  const monitored = nodeIn(state, call.query.nodeId, region)?.monitored;
  if (!monitored) return done();
  if (body.delete === true) {
    monitored.events = monitored.events.filter(({ event }) => !types.includes(event.eventType));
    return done();
  }
  for (const stored of monitored.events) {
    if (stored.event.ack || !types.includes(stored.event.eventType)) continue;
    stored.event.ack = true;
    stored.acknowledgedAt = Date.now();
  }
  return done();
}
