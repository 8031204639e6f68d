import type { Native } from "./native.ts";
import { makeOwner } from "./things.ts";
import { uniqueUid } from "./user.ts";

export const subuser: Native = {
  inputs: (random) => random.map((inputs) => ({ ...inputs, uid: uniqueUid(inputs.uid) })),
  prepare: makeOwner,
};
