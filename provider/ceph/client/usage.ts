import { found, permitted } from "./answers.ts";
import type { Radosgw } from "./calls.ts";
import type { UsageLog } from "./wire.ts";

export interface UsageQuery {
  uid?: string | undefined;
  /** "yyyy-mm-dd hh:mm:ss", on the hour. */
  start?: string | undefined;
  end?: string | undefined;
  showEntries: boolean;
  showSummary: boolean;
}

/** Get Usage, capability usage=read. */
export async function getUsage(
  api: Radosgw,
  { start, showEntries, showSummary, ...query }: UsageQuery,
): Promise<UsageLog> {
  const response = await api.get("/usage", {
    ...query,
    start: start && secondBefore(start),
    "show-entries": showEntries,
    "show-summary": showSummary,
  });
  return found<UsageLog>(permitted(response, "usage=read")) ?? {};
}

/**
 * A radosgw that is asked for one user from an hour on leaves out of that hour what was about no bucket, such as
 * listings of buckets: its key is the one to begin after (measured on 16.2.15 to 20.2.4). Nothing is recorded between hours.
 */
const secondBefore = (moment: string): string =>
  new Date(Date.parse(`${moment.replace(" ", "T")}Z`) - 1000).toISOString().slice(0, 19).replace("T", " ");
