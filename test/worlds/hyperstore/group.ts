import type { Native } from "./native.ts";

export const group: Native = {
  // "0" is the system group, which is always there.
  inputs: (random) => random.filter(({ groupId }) => groupId !== "0"),
  census: (state) => state.groups.size,
  stored: (state, id) => state.groups.get(id)?.info,
};
