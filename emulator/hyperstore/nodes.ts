import { freshMonitored, type Monitored, type MonitoringEvent } from "./monitored.ts";
import type { State } from "./state.ts";

interface Node {
  hostname: string;
  address: string;
  monitored: Monitored;
}

/** The nodes of a region, with what is monitored of them. */
export function nodesOf(state: State, region: string): Node[] {
  const nodes = state.cluster.nodes.filter((node) => node.region === region);
  return nodes.map(({ hostname, address }) => ({ hostname, address, monitored: watched(state, hostname) }));
}

export const nodeIn = (state: State, nodeId: string | undefined, region: string): Node | undefined =>
  nodesOf(state, region).find(({ hostname }) => hostname === nodeId);

/** The latest first, without those that were acknowledged a day ago: they are deleted then (7.8.4). */
export function eventsOf({ events }: Monitored): MonitoringEvent[] {
  return events
    .filter(({ acknowledgedAt }) => acknowledgedAt === undefined || Date.now() < acknowledgedAt + 86_400_000)
    .map(({ event }) => event)
    .sort((a, b) => Number(b.timestamp) - Number(a.timestamp));
}

export type Raised = Omit<MonitoringEvent, "ack" | "count" | "timestamp">;

/** An event that occurs again before it was acknowledged is counted, not listed twice (7.2.5). */
export function raise(state: State, raised: Raised): void {
  const { events } = watched(state, raised.nodeId);
  const timestamp = String(Date.now());
  const known = events.find(({ event }) => !event.ack && event.eventType === raised.eventType);
  if (known) Object.assign(known.event, raised, { timestamp, count: known.event.count + 1 });
  else events.push({ event: { ...raised, ack: false, count: 1, timestamp } });
}

/** What is monitored of a node: of one that the system has just got, what it shows from now on. */
export function watched({ monitored }: State, hostname: string): Monitored {
  const known = monitored.get(hostname) ?? freshMonitored();
  monitored.set(hostname, known);
  return known;
}
