import fc from "fast-check";
import { present } from "../../laws/arbitrary.ts";
import { type Native, owner } from "./native.ts";

const levels = [
  owner,
  { ...owner, userId: "ALL" },
  { ...owner, userId: "*" },
  { groupId: "*", userId: "ALL" },
  { groupId: "ALL", userId: "*" },
];

export const qosLimits: Native = {
  inputs: (random) =>
    fc
      .tuple(random, fc.constantFrom(...levels), fc.constantFrom("region2", undefined))
      .map(([inputs, level, region]) => present({ ...inputs, ...level, region })),
  // The defaults of a region cannot be deleted: all lifted is what they are at first.
  census: (state) =>
    [...state.qos].filter(([, limits]) => Object.values(limits).some((value) => value !== -1)).sort(),
};
