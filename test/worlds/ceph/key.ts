import fc from "fast-check";
import { present } from "../../laws/arbitrary.ts";
import { type Native, unique } from "./native.ts";
import { makeOwner, makeSubuser } from "./things.ts";
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
  async prepare(access, program) {
    const owner = await makeOwner(access, program);
    if (program.subuser !== undefined)
      await makeSubuser(access, String(program.uid), String(program.subuser));
    return owner;
  },
};
