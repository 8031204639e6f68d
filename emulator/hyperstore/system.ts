import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { regionIn } from "./region.ts";
import { done, json, refuse, text } from "./respond.ts";

export function systemRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "GET",
      path: "/system/dcnodelist",
      query: ["region"],
      handle: (call) => dataCenters(context, call),
    },
    { method: "GET", path: "/system/license", query: [], handle: () => license(context) },
    { method: "GET", path: "/system/objectlockenabled", query: [], handle: () => objectLock(context) },
    {
      method: "GET",
      path: "/system/version",
      query: [],
      handle: () => text(`${context.version} Compiled: 2024-08-16 16:32`),
    },
    // 11.16. Users are counted when asked for, so here is nothing to reconcile.
    { method: "POST", path: "/system/repairusercount", query: [], handle: done },
  ];
}

// 11.7
function dataCenters({ state }: Context, call: Call): Answer {
  const region = regionIn(state.regions, call);
  if (region === undefined) return refuse(call, 400, `Invalid parameter: region=${call.query.region}`);
  const hostnames: Record<string, string[]> = {};
  for (const node of state.cluster.nodes.filter((each) => each.region === region)) {
    hostnames[node.dataCenter] = [...(hostnames[node.dataCenter] ?? []), node.hostname];
  }
  return json(hostnames);
}

// 11.10
function license({ state, licenseNumber }: Context): Answer {
  return json({ ...state.cluster.license, licenseNumber });
}

// 11.12
function objectLock({ state }: Context): Answer {
  const { license, hardened } = state.cluster;
  const enabled =
    license.objectLockMode === "COMPATIBLE" || (license.objectLockMode === "CERTIFIED" && hardened);
  return text(String(enabled));
}
