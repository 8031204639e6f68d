import fc from "fast-check";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import type { State } from "../../../emulator/hyperstore/state.ts";
import { statusOf } from "../../../emulator/hyperstore/status.ts";
import { findUser } from "../../../emulator/hyperstore/users.ts";
import { splitId } from "../../../provider/resource/definition.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { present } from "../../laws/arbitrary.ts";
import { type Native, owner } from "./native.ts";

export const user: Native = {
  // Group and type go together; the lengths are limits of the server's configuration, not of the provider's.
  inputs: (random) =>
    fc
      .tuple(
        random,
        fc.constantFrom("User", "GroupAdmin", "SystemAdmin", undefined),
        fc.stringMatching(/^[a-z][a-z0-9_]{0,24}[a-z0-9]$/),
      )
      .map(([inputs, userType, admin]) =>
        userType === "SystemAdmin"
          ? { ...inputs, userType, groupId: "0", userId: admin }
          : present({ ...inputs, userType, groupId: owner.groupId }),
      )
      .filter(
        ({ userId, fullName }: Properties) =>
          String(userId).length <= 64 &&
          String(fullName ?? "").length <= 64 &&
          !["admin", owner.userId].includes(String(userId)),
      ),
  census: (state) => liveUsers(state).length,
  stored: (state, id) => userOf(state, id)?.info,
  fill(state, id) {
    const user = userOf(state, id);
    const { groupId = "", userId = "" } = user?.info ?? {};
    edit(state, { action: "giveBucket", groupId, userId, bucketName: "kept" });
    return () => userOf(state, id)?.buckets.map(({ bucketName }) => bucketName);
  },
  hidden(state, id) {
    const { fileEndpoints = "", password = "" } = userOf(state, id) ?? {};
    return { fileEndpoints, password };
  },
};

function userOf(state: State, id: string) {
  const { groupId, userId } = splitId(id, "groupId", "userId");
  return findUser(state, groupId, userId);
}

export const liveUsers = (state: State) =>
  [...state.users.values()].filter((each) => statusOf(each) !== "deleted");
