import type { Response } from "../../http/index.ts";
import { codeOf, found, refusal } from "./answers.ts";
import type { Radosgw } from "./calls.ts";

/** Not in the vendor's document; measured on 16.2.15, 18.2.7 and 20.2.4. */
export const zonePath = "/config?type=zone";

/**
 * Capability zone=read: what tells the cluster from any other, the realm that its zones share or, without one, its only
 * zone. A key that may not read it is no key to work with: one refusal would make a cluster look like another.
 */
export async function zoneOf(api: Radosgw): Promise<string> {
  const response = await api.get(zonePath, {});
  if (codeOf(response) === "AccessDenied") throw refusal(response, needsZone);
  return nameOf(found<Zone>(response) ?? {});
}

/** The same of a node that is asked before it is used; whatever else it says is told by the call that is made then. */
export function zoneIn(answer: Response): string | undefined {
  try {
    return answer.status === 200 ? nameOf(answer.json<Zone>()) : undefined;
  } catch {
    return undefined;
  }
}

interface Zone {
  id?: string;
  realm_id?: string;
}

const nameOf = ({ id = "", realm_id: realm }: Zone): string => (realm ? `realm ${realm}` : `zone ${id}`);

const needsZone =
  "the admin user needs the capability zone=read, by which the cluster is told from others: radosgw-admin caps add --uid=ADMIN --caps='zone=read'";
