import { ProviderError } from "../../resource/errors.ts";
import { everyRow } from "../../resource/pages.ts";
import { found, permitted } from "./answers.ts";
import type { Radosgw } from "./calls.ts";

interface Page {
  keys: string[];
  /** "true" and "false" on Pacific. */
  truncated: boolean | string;
  marker?: string;
}

const mostPages = 1000;

/**
 * GET /metadata/user, capability metadata=read: the uids of all users, in their order. The pages come in the order of
 * a hash, and one that says it is not the last may be it all the same (measured on 16.2.15 to 20.2.4). In no chapter of
 * the vendor's page of the API.
 */
export async function listUids(api: Radosgw, perPage = 1000): Promise<string[]> {
  let pages = 0;
  const uids = await everyRow(
    async (from) => {
      if (pages++ === mostPages) throw endless(perPage);
      const response = await api.get("/metadata/user", { "max-entries": perPage, marker: from });
      const { keys, truncated, marker } = found<Page>(permitted(response, "metadata=read")) as Page;
      return { rows: keys, next: String(truncated) === "true" && marker ? marker : undefined };
    },
    (uid) => uid,
  );
  return uids.sort();
}

const endless = (perPage: number) =>
  new ProviderError(
    "refused",
    `GET /metadata/user has not come to an end after ${mostPages} pages of ${perPage} users: more than that this function does not list. radosgw-admin metadata list user has them all`,
  );
