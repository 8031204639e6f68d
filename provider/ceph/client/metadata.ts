import { ProviderError } from "../../resource/errors.ts";
import { found, permitted } from "./answers.ts";
import type { Radosgw } from "./calls.ts";

interface Page {
  keys: string[];
  /** "true" and "false" on Pacific. */
  truncated: boolean | string;
  marker?: string;
}

export const mostPages = 1000;

/**
 * GET /metadata/user, capability metadata=read: the uids of all users, in their order. The pages come in the order of
 * a hash, and one that says it is not the last may be it all the same (measured on 16.2.15 to 20.2.4). In no chapter of
 * the vendor's page of the API.
 */
export async function listUids(api: Radosgw, perPage = 1000): Promise<string[]> {
  const uids = new Set<string>();
  let marker: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const response = await api.get("/metadata/user", { "max-entries": perPage, marker });
    const { keys, truncated, marker: next } = found<Page>(permitted(response, "metadata=read")) as Page;
    for (const uid of keys) uids.add(uid);
    if (String(truncated) !== "true" || !next) return [...uids].sort();
    marker = next;
  }
  throw new ProviderError(
    "refused",
    `GET /metadata/user has not come to an end after ${mostPages} pages of ${perPage} users: more than that this function does not list. radosgw-admin metadata list user has them all`,
  );
}
