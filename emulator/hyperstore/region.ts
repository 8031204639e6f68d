import type { Call } from "../kit/types.ts";

/** The region that a request is about, the first one being the default; undefined for one that the system has not. */
export function regionIn(regions: readonly string[], { query }: Pick<Call, "query">): string | undefined {
  const name = query.region || regions[0];
  return regions.find((each) => each === name);
}
