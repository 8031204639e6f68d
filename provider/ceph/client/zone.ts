import { codeOf, found, refusal } from "./answers.ts";
import type { Radosgw } from "./calls.ts";

/**
 * GET /config?type=zone, capability zone=read: what tells the cluster from any other, the realm that its zones share
 * or, without one, its only zone. A key that may not read it is no key to work with: what a refusal now and an answer
 * later would say of one cluster differs. Not in the vendor's document; measured on 16.2.15, 18.2.7 and 20.2.4.
 */
export async function zoneOf(api: Radosgw): Promise<string> {
  const response = await api.get("/config", { type: "zone" });
  if (codeOf(response) === "AccessDenied") throw refusal(response, needsZone);
  const { realm_id: realm, id = "" } = found<{ id?: string; realm_id?: string }>(response) ?? {};
  return realm ? `realm ${realm}` : `zone ${id}`;
}

const needsZone =
  "the admin user needs the capability zone=read, by which the cluster is told from others: radosgw-admin caps add --uid=ADMIN --caps='zone=read'";
