import fc from "fast-check";
import type { Native } from "./native.ts";
import { makeOwner } from "./things.ts";
import { capsIn, uniqueUid } from "./user.ts";

export const caps: Native = {
  inputs: (random, release) =>
    fc
      .tuple(random, capsIn(release))
      .map(([inputs, some]) => ({ ...inputs, uid: uniqueUid(inputs.uid), caps: some })),
  prepare: makeOwner,
};
