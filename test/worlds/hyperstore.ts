import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { type HyperStoreEmulator, startHyperStore } from "../../emulator/hyperstore/index.ts";
import { emptyGroup, emptyUser } from "../../emulator/hyperstore/state.ts";
import { statusOf } from "../../emulator/hyperstore/status.ts";
import { addUser, findUser } from "../../emulator/hyperstore/users.ts";
import { type Properties, withoutUndefined } from "../../provider/resource/value.ts";
import type { Homeland, World } from "./world.ts";

const owner = { groupId: "law-group", userId: "law.user@example.com" };
const iamUser = "law@iam";

/** The Admin Service of HyperStore: one group stands, with one user, who has an IAM user. */
export const hyperstore: Homeland = {
  system: "hyperstore",

  async start({ identity = "111111111111" } = {}) {
    const password = `pw ${randomBytes(8).toString("hex")} ü+/=`;
    const emulator = await startHyperStore({ password, licenseNumber: identity, deletionDelayMs: 20 });
    settle(emulator);
    return worldOf(emulator);
  },

  inputs: {
    // "0" is the system group, which is always there.
    "tenantry:hyperstore:Group": (random) => random.filter(({ groupId }) => groupId !== "0"),
    // Group and type go together; the lengths are limits of the server's configuration, not of the provider's.
    "tenantry:hyperstore:User": (random) =>
      fc
        .tuple(
          random,
          fc.constantFrom("User", "GroupAdmin", "SystemAdmin", undefined),
          fc.stringMatching(adminId),
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
    // A given pair is given whole, and an IAM user exists beforehand.
    "tenantry:hyperstore:Credential": (random) =>
      fc
        .tuple(
          random,
          fc.constantFrom("none", "given", "iam"),
          fc.stringMatching(/^[a-zA-Z0-9_]{16,40}$/),
          hex,
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
  },
};

const present = (inputs: Record<string, unknown>) => withoutUndefined(inputs) as Properties;
const adminId = /^[a-z][a-z0-9_]{0,24}[a-z0-9]$/;
const hex = fc.stringMatching(/^[0-9a-f]{40}$/);

const base64 = (text: string) => Buffer.from(text).toString("base64");

function settle({ state }: HyperStoreEmulator): void {
  state.groups.set(owner.groupId, { info: emptyGroup(owner.groupId), ratingPlans: {} });
  addUser(state, emptyUser(owner.groupId, owner.userId, "User"), "", false).iamUsers.push(iamUser);
}

function worldOf(emulator: HyperStoreEmulator): World {
  const { url, user, password, state, faults, requests, close } = emulator;
  const users = () => [...state.users.values()].filter((user) => statusOf(user) !== "deleted");
  return {
    // A time-out of the requests is the only waiting in the laws that no clock shortens.
    config: { hyperstoreEndpoint: url, hyperstorePassword: password, hyperstoreRequestTimeout: 0.2 },
    faults,
    requests,
    census: () => ({
      groups: state.groups.size,
      users: users().length,
      credentials: [...state.credentials.values()].filter(({ owner }) =>
        users().some(({ info }) => info.canonicalUserId === owner),
      ).length,
    }),
    secrets: () => [
      password,
      base64(`${user}:${password}`),
      ...[...state.credentials.values()].map(({ secretKey }) => secretKey),
    ],
    hidden(token, id) {
      const [groupId = "", userId = "", accessKey = ""] = id.split("/").map(decodeURIComponent);
      if (token === "tenantry:hyperstore:User")
        return { fileEndpoints: findUser(state, groupId, userId)?.fileEndpoints ?? "" };
      if (token === "tenantry:hyperstore:Credential")
        return { iamUser: state.credentials.get(accessKey)?.iamUser ?? "" };
      return {};
    },
    close,
  };
}
