import fc from "fast-check";
import { present } from "../../laws/arbitrary.ts";
import { type Native, unique } from "./native.ts";
import { makeBucket, makeUser, uniqueBucket } from "./things.ts";

// The cluster's own are one for all worlds, and tested elsewhere.
export const rateLimit: Native = {
  since: "reef",
  inputs: (random) =>
    fc.tuple(random, fc.constantFrom("", "law$"), fc.boolean()).map(([inputs, tenant, isBucket]) =>
      present({
        ...inputs,
        global: undefined,
        uid: isBucket ? undefined : `${tenant}limited ${unique()}`,
        bucket: isBucket ? uniqueBucket(tenant !== "") : undefined,
      }),
    ),
  async prepare(access, { uid, bucket }) {
    return bucket === undefined ? [await makeUser(access, String(uid))] : makeBucket(access, String(bucket));
  },
};
