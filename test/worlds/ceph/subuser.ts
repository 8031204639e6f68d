import type { UserInfo } from "../../../provider/ceph/client/wire.ts";
import { encoded, must } from "../../ceph/support/ask.ts";
import { type Native, unique } from "./native.ts";
import { makeOwner } from "./things.ts";
import { uniqueUid } from "./user.ts";

export const subuser: Native = {
  inputs: (random) => random.map((inputs) => ({ ...inputs, uid: uniqueUid(inputs.uid) })),
  prepare: makeOwner,
  /** A key for S3, which no field of ours names. */
  async plant(access, id) {
    const [uid = "", name = ""] = id.split("/").map(decodeURIComponent);
    const pair = `access-key=PLANTED${unique()}&secret-key=${unique()}`;
    const query = `uid=${encoded(uid)}&subuser=${encoded(name)}`;
    await must(access, "PUT", `/admin/user?key&${query}&key-type=s3&${pair}`);
    return async () => {
      const info = (await must(access, "GET", `/admin/user?uid=${encoded(uid)}`)).json() as UserInfo;
      return info.keys.filter(({ user }) => user === `${uid}:${name}`);
    };
  },
};
