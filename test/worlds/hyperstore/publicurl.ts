import fc from "fast-check";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { emptyUser, type State } from "../../../emulator/hyperstore/state.ts";
import { addUser } from "../../../emulator/hyperstore/users.ts";
import { type Native, owner } from "./native.ts";

/** Apart from the others' owner: a URL is signed with a credential, which would count among those of the laws. */
const publisher = { groupId: owner.groupId, userId: "law.publisher" };
const bucketName = "law-bucket";
const objectNames = ["ob", "2030/summary of ü.pdf", "100%+&?=#%2F'\"", "."];

export const publicUrl: Native = {
  settle({ state }) {
    addUser(state, emptyUser(publisher.groupId, publisher.userId, "User"), "", true);
    edit(state, { action: "giveBucket", ...publisher, bucketName });
    for (const objectName of objectNames)
      edit(state, { action: "giveObject", ...publisher, bucketName, objectName });
  },
  // The object exists beforehand.
  inputs: (random) =>
    fc
      .tuple(random, fc.constantFrom(...objectNames))
      .map(([inputs, objectName]) => ({ ...inputs, ...publisher, bucketName, objectName })),
  // Nothing deletes a URL: those that nobody can read by are as good as none.
  census: (state) => urlsIn(state).filter(({ allowRead }) => allowRead).length,
  secrets: (state) => urlsIn(state).flatMap(({ url }) => [url, /Signature=([^&]+)/.exec(url)?.[1] ?? ""]),
};

const urlsIn = (state: State) => [...state.objects.values()].flatMap(({ publicUrls }) => publicUrls);
