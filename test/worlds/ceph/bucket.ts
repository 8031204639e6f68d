import fc from "fast-check";
import { type Native, unique } from "./native.ts";
import { makeBucket, makeUser, uniqueBucket, untouched } from "./things.ts";

const isTenanted = fc.boolean();

export const bucketQuota: Native = {
  inputs: (random) =>
    fc.tuple(random, isTenanted).map(([inputs, is]) => ({ ...inputs, bucket: uniqueBucket(is) })),
  prepare: (access, { bucket }) => makeBucket(access, String(bucket)),
};

export const bucketOwner: Native = {
  inputs: (random) =>
    fc.tuple(random, isTenanted).map(([inputs, is]) => ({
      ...inputs,
      bucket: uniqueBucket(is),
      uid: `${is ? "law$" : ""}new owner ${unique()}`,
    })),
  prepare: async (access, { bucket, uid }) => [
    ...(await makeBucket(access, String(bucket))),
    untouched(await makeUser(access, String(uid))),
  ],
};
