import fc from "fast-check";
import type { BucketInfo } from "../../../provider/ceph/client/wire.ts";
import { encoded, must } from "../../ceph/support/ask.ts";
import { type Native, unique } from "./native.ts";
import { makeBucket, makeUser, plantedIn, uniqueBucket, untouched } from "./things.ts";

const isTenanted = fc.boolean();

export const bucketQuota: Native = {
  inputs: (random) =>
    fc.tuple(random, isTenanted).map(([inputs, is]) => ({ ...inputs, bucket: uniqueBucket(is) })),
  prepare: (access, { bucket }) => makeBucket(access, String(bucket)),
  async plant(access, id) {
    const get = async () =>
      (await must(access, "GET", `/admin/bucket?bucket=${encoded(id)}`)).json() as BucketInfo;
    const name = id.includes("/") ? id : `/${id}`;
    const path = `/admin/bucket?quota&bucket=${encoded(name)}&uid=${encoded((await get()).owner)}`;
    return plantedIn(access, path, async () => (await get()).bucket_quota);
  },
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
