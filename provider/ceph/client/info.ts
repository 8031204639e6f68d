import { codeOf, found, permitted, refusal } from "./answers.ts";
import type { Radosgw } from "./calls.ts";

interface Info {
  info: { storage_backends: { name: string; cluster_id: string }[] };
}

/** GET /info, capability info=read, which Pacific knows neither of. In no chapter of the vendor's page of Pacific's API. */
export async function getInfo(api: Radosgw): Promise<Info["info"]> {
  const response = await api.get("/info", {});
  if (codeOf(response) === "MethodNotAllowed")
    throw refusal(
      response,
      "this cluster's release does not have GET /info, which Reef (18) and later releases have; a cluster's id is also what `ceph fsid` prints",
    );
  return (found<Info>(permitted(response, "info=read")) as Info).info;
}
