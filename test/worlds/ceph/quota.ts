import type { UserInfo } from "../../../provider/ceph/client/wire.ts";
import { encoded, must } from "../../ceph/support/ask.ts";
import type { Native } from "./native.ts";
import { makeOwner, plantedIn } from "./things.ts";
import { uniqueUid } from "./user.ts";

export const quota: Native = {
  inputs: (random) => random.map((inputs) => ({ ...inputs, uid: uniqueUid(inputs.uid) })),
  prepare: makeOwner,
  // What a quota counts is no field of ours.
  async plant(access, id) {
    const [uid = "", scope = ""] = id.split("/").map(decodeURIComponent);
    return plantedIn(access, `/admin/user?quota&uid=${encoded(uid)}&quota-type=${scope}`, async () => {
      const answer = await must(access, "GET", `/admin/user?uid=${encoded(uid)}`);
      return (answer.json() as UserInfo)[scope === "user" ? "user_quota" : "bucket_quota"];
    });
  },
};
