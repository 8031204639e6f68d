import fc from "fast-check";
import { splitId } from "../../../provider/resource/definition.ts";
import { encoded, must } from "../../ceph/support/ask.ts";
import { present } from "../../laws/arbitrary.ts";
import { type Native, unique } from "./native.ts";
import { makeOwner, makeSubuser, makeUser } from "./things.ts";
import { uniqueUid } from "./user.ts";

export const key: Native = {
  // A given pair is given whole, and cannot be rotated.
  inputs: (random) =>
    fc
      .tuple(random, fc.boolean(), fc.stringMatching(/^[A-Za-z0-9/+%=]{20,40}$/))
      .map(([inputs, isGiven, secret]) =>
        present({
          ...inputs,
          uid: uniqueUid(inputs.uid),
          accessKey: isGiven ? `${inputs.accessKey ?? "GIVEN"}`.slice(0, 100) + unique() : undefined,
          secretKey: isGiven ? (inputs.secretKey ?? secret) : undefined,
          rotate: isGiven ? undefined : inputs.rotate,
        }),
      ),
  async giveAway(access, id) {
    const { uid, accessKey } = splitId(id, "uid", "accessKey");
    const pair = (whose: string) => `uid=${encoded(whose)}&access-key=${encoded(accessKey)}`;
    const other = `other ${unique()}`;
    const made = await makeUser(access, other);
    await must(access, "DELETE", `/admin/user?key&key-type=s3&${pair(uid)}`);
    await must(access, "PUT", `/admin/user?key&key-type=s3&${pair(other)}&secret-key=theirs`);
    return [made];
  },
  async prepare(access, program) {
    const owner = await makeOwner(access, program);
    if (program.subuser !== undefined)
      await makeSubuser(access, String(program.uid), String(program.subuser));
    return owner;
  },
};
