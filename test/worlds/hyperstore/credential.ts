import fc from "fast-check";
import { emptyUser } from "../../../emulator/hyperstore/state.ts";
import { addUser, findUser } from "../../../emulator/hyperstore/users.ts";
import { splitId } from "../../../provider/resource/definition.ts";
import { present } from "../../laws/arbitrary.ts";
import { type Native, owner } from "./native.ts";
import { liveUsers } from "./user.ts";

const iamUser = "law@iam";

export const credential: Native = {
  settle({ state }) {
    findUser(state, owner.groupId, owner.userId)?.iamUsers.push(iamUser);
  },
  // A given pair is given whole, and an IAM user exists beforehand.
  inputs: (random) =>
    fc
      .tuple(
        random,
        fc.constantFrom("none", "given", "iam"),
        fc.stringMatching(/^[a-zA-Z0-9_]{16,40}$/),
        fc.stringMatching(/^[0-9a-f]{40}$/),
      )
      .map(([inputs, sort, key, secret]) =>
        present({
          ...inputs,
          ...owner,
          accessKey: sort === "none" ? undefined : sort === "iam" ? key : (inputs.accessKey ?? key),
          secretKey: sort === "none" ? undefined : (inputs.secretKey ?? secret),
          iamUser: sort === "iam" ? iamUser : undefined,
        }),
      ),
  census(state) {
    const owners = liveUsers(state).map(({ info }) => info.canonicalUserId);
    return [...state.credentials.values()].filter((each) => owners.includes(each.owner)).length;
  },
  hidden(state, id) {
    const { accessKey } = splitId(id, "groupId", "userId", "accessKey");
    return { iamUser: state.credentials.get(accessKey)?.iamUser ?? "" };
  },
  giveAway(state, id) {
    const { accessKey } = splitId(id, "groupId", "userId", "accessKey");
    const key = () => state.credentials.get(accessKey);
    const other = addUser(state, emptyUser(owner.groupId, "other.owner", "User"), "", false);
    Object.assign(key() ?? {}, { owner: other.info.canonicalUserId });
    return () => structuredClone(key());
  },
  secrets: (state) => [...state.credentials.values()].map(({ secretKey }) => secretKey),
};
