import { codeOf, found } from "./answers.ts";
import type { Radosgw } from "./calls.ts";

/**
 * GET /config?type=zone, capability zone=read: what tells the cluster from any other, the realm that its zones share
 * or, without one, its only zone. Undefined where the admin user may not read it. Not in the vendor's document;
 * measured on 16.2.15, 18.2.7 and 20.2.4.
 */
export async function zoneOf(api: Radosgw): Promise<string | undefined> {
  const response = await api.get("/config", { type: "zone" });
  if (["AccessDenied", "MethodNotAllowed"].includes(codeOf(response))) return undefined;
  const zone = found<{ id?: string; realm_id?: string }>(response);
  if (zone?.realm_id) return `realm ${zone.realm_id}`;
  return zone?.id ? `zone ${zone.id}` : undefined;
}
