import type { Answer, Call } from "../kit/types.ts";
import { allBuckets } from "./buckets.ts";
import type { Audit } from "./cluster.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { done, json, refuse } from "./respond.ts";
import type { State } from "./state.ts";
import { statusOf } from "./status.ts";

export function auditRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "GET",
      path: "/system/audit",
      query: ["region"],
      writes: true, // it may be the first of its hour
      handle: (call) => get(context, call),
    },
    { method: "POST", path: "/system/audit", query: [], handle: () => update(context) },
  ];
}

// 11.1. The update at the top of the hour happens here, when somebody asks first.
function get({ state }: Context, call: Call): Answer {
  const { region } = call.query;
  if (region && !state.regions.includes(region)) return refuse(call, 400, `Region ${region} is not valid`);
  const hour = Math.floor(Date.now() / 3600_000) * 3600_000;
  if (state.cluster.audit?.timestamp !== hour) state.cluster.audit = countAll(state, hour);
  const { audit, license, nodes } = state.cluster;
  const counted = Object.entries(audit.regions).filter(([name]) => !region || name === region);
  const sum = (name: "byteCount" | "objectCount" | "tieredBytesCount") =>
    counted.reduce((total, [, counts]) => total + counts[name], 0);
  return json({
    byteCount: sum("byteCount"),
    bytesInCount: 0,
    bytesOutCount: 0,
    licenseExpiration: license.expiration,
    nodes: nodes
      .filter((node) => !region || node.region === region)
      .map(({ address }) => ({ name: address })),
    objectCount: sum("objectCount"),
    os: "Linux 3.10.0-957.1.3.el7.x86_64 amd64",
    tieredBytesCount: sum("tieredBytesCount"),
    timestamp: audit.timestamp,
    userCount: audit.userCount, // no region has users of its own
  });
}

// 11.1.3: it "updates the counts, but not the timestamp" (11.1.5).
function update({ state }: Context): Answer {
  const timestamp = state.cluster.audit?.timestamp ?? Math.floor(Date.now() / 3600_000) * 3600_000;
  state.cluster.audit = countAll(state, timestamp);
  return done();
}

function countAll(state: State, timestamp: number): Audit {
  const buckets = allBuckets(state).map(({ bucket }) => bucket);
  const regions = state.regions.map((region) => {
    const total = { byteCount: 0, objectCount: 0, tieredBytesCount: 0 };
    for (const bucket of buckets.filter((each) => each.region === region)) {
      total.byteCount += bucket.byteCount;
      total.objectCount += bucket.objectCount;
      total.tieredBytesCount += bucket.tieredBytes;
    }
    return [region, total] as const;
  });
  const userCount = [...state.users.values()].filter((user) => statusOf(user) === "active").length;
  return { timestamp, regions: Object.fromEntries(regions), userCount };
}
