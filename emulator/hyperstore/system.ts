import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { lacks } from "./request.ts";
import { json, nothing, refuse, text } from "./respond.ts";
import { statusOf } from "./status.ts";

export function systemRoutes(context: Context): DocumentedRoute[] {
  return [
    {
      method: "GET",
      path: "/system/bucketlist",
      query: ["groupId"],
      handle: (call) => buckets(context, call),
    },
    { method: "GET", path: "/system/license", query: [], handle: () => json(license(context.licenseNumber)) },
    {
      method: "GET",
      path: "/system/version",
      query: [],
      handle: () => text(`${context.version} Compiled: 2024-08-16 16:32`),
    },
  ];
}

// 11.3, with the spelling of its 400.
function buckets({ state }: Context, call: Call): Answer {
  if (lacks(call, "groupId")) return refuse(call, 400, "Missing required parameter: {groudId}");
  const owners = [...state.users.values()].filter(
    (user) =>
      user.info.groupId === call.query.groupId && user.buckets.length > 0 && statusOf(user) !== "deleted",
  );
  if (owners.length === 0) return nothing();
  return json(owners.map((user) => ({ userId: user.info.userId, buckets: user.buckets })));
}

// 11.10.2
function license(licenseNumber: string) {
  return {
    appliances: null,
    enforcing: true,
    environment: null,
    expiration: Date.UTC(2099, 0, 1),
    externalLicense: null,
    gracePeriod: 0,
    hyperIQ: "90",
    issued: 1586751232344,
    licenseHolder: "Acme Enterprises",
    licenseNumber,
    maxNetStorage: "100T",
    maxRawStorage: null,
    maxTieredStorage: "-1",
    objectLockMode: "DISABLED",
    phoneHomeBucket: "acmebucket",
    storageExceeded: false,
    storageMode: "NET",
    tieringExceeded: false,
    warnPeriod: 30,
  };
}
