import { randomBytes } from "node:crypto";
import { type HyperStoreEmulator, startHyperStore } from "../../../emulator/hyperstore/index.ts";
import { emptyGroup, emptyUser } from "../../../emulator/hyperstore/state.ts";
import { addUser } from "../../../emulator/hyperstore/users.ts";
import { mapProperties } from "../../../provider/resource/value.ts";
import type { Homeland, World } from "../world.ts";
import { allowlist } from "./allowlist.ts";
import { credential } from "./credential.ts";
import { group } from "./group.ts";
import { type Native, owner } from "./native.ts";
import { notificationRule, packagedNotificationRule } from "./notificationrule.ts";
import { publicUrl } from "./publicurl.ts";
import { qosLimits } from "./qoslimits.ts";
import { ratingPlan } from "./ratingplan.ts";
import { ratingPlanAssignment } from "./ratingplanassignment.ts";
import { azureTieringCredential, spectraTieringCredential, tieringCredential } from "./tiering.ts";
import { user } from "./user.ts";

const natives: Readonly<Record<string, Native>> = {
  "tenantry:hyperstore:Group": group,
  "tenantry:hyperstore:User": user,
  "tenantry:hyperstore:Credential": credential,
  "tenantry:hyperstore:RatingPlan": ratingPlan,
  "tenantry:hyperstore:QosLimits": qosLimits,
  "tenantry:hyperstore:PublicUrl": publicUrl,
  "tenantry:hyperstore:RatingPlanAssignment": ratingPlanAssignment,
  "tenantry:hyperstore:TieringCredential": tieringCredential,
  "tenantry:hyperstore:AzureTieringCredential": azureTieringCredential,
  "tenantry:hyperstore:SpectraTieringCredential": spectraTieringCredential,
  "tenantry:hyperstore:Allowlist": allowlist,
  "tenantry:hyperstore:NotificationRule": notificationRule,
  "tenantry:hyperstore:PackagedNotificationRule": packagedNotificationRule,
};

/** The Admin Service of HyperStore: one group stands, with one user, and whatever else each resource needs. */
export const hyperstore: Homeland = {
  system: "hyperstore",

  async start({ identity = "111111111111" } = {}) {
    const idle = idleOf(identity);
    const emulator = idle.pop() ?? (await startEmulator(identity));
    settle(emulator);
    return worldOf(emulator, async () => {
      if (mayStillAct(emulator)) return emulator.close();
      emulator.reset();
      idle.push(emulator);
    });
  },

  // Chapter 12 knows no refusal of what is there.
  writtenOver: ["TieringCredential", "AzureTieringCredential", "SpectraTieringCredential"].map(
    (kind) => `tenantry:hyperstore:${kind}`,
  ),

  examples: {
    // An empty text was once taken for a program's wish.
    "tenantry:hyperstore:User": [
      [
        { ...owner, userId: "example", fileEndpoints: "a" },
        { ...owner, userId: "example", fileEndpoints: "" },
      ],
    ],
  },

  inputs: mapProperties(natives, ({ inputs }) => inputs ?? ((random) => random)),
};

const startEmulator = (licenseNumber: string): Promise<HyperStoreEmulator> =>
  startHyperStore({
    passwordReuse: false,
    password: `pw ${randomBytes(8).toString("hex")} ü+/=`,
    licenseNumber,
    deletionDelayMs: 20,
    laterAttributes: [later],
  });

/** An attribute of a release that this provider does not know. */
const later = "laterAttribute";

/** To start an emulator costs more than most laws do with it, so each serves one world after another. */
const pools = new Map<string, HyperStoreEmulator[]>();
function idleOf(identity: string): HyperStoreEmulator[] {
  const idle = pools.get(identity) ?? [];
  pools.set(identity, idle);
  return idle;
}

/** A request without an answer may take effect when the next world is there. */
const mayStillAct = ({ requests }: HyperStoreEmulator): boolean =>
  requests.some(({ status, fault }) => status === 0 && (fault === undefined || fault === "delay"));

/** Makes all that the inputs of any resource need. */
export function settle(emulator: HyperStoreEmulator): void {
  emulator.state.groups.set(owner.groupId, { info: emptyGroup(owner.groupId), ratingPlans: {} });
  emulator.state.regions.push("region2");
  addUser(emulator.state, emptyUser(owner.groupId, owner.userId, "User"), "", false);
  for (const native of Object.values(natives)) native.settle?.(emulator);
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

function worldOf(emulator: HyperStoreEmulator, close: World["close"]): World {
  const { url, user, password, state, faults, requests } = emulator;
  return {
    config: {
      hyperstoreEndpoint: url,
      hyperstorePassword: password,
      hyperstoreRequestTimeout: 20,
      hyperstoreDefaultRegion: "region1",
    },
    faults,
    requests,
    census: () => structuredClone(mapProperties(natives, ({ census }) => census?.(state))),
    secrets: () => [
      password,
      base64(`${user}:${password}`),
      ...Object.values(natives).flatMap(({ secrets }) => secrets?.(state) ?? []),
    ],
    hidden: (token, id) => natives[token]?.hidden?.(state, id) ?? {},
    others: {
      async plant(token, id) {
        const stored = () => natives[token]?.stored?.(state, id) as Record<string, unknown> | undefined;
        const now = stored();
        if (!now) return undefined;
        now[later] = "set by somebody else";
        return () => stored()?.[later];
      },
      fill: async (token, id) => natives[token]?.fill?.(state, id),
      giveAway: async (token, id) => natives[token]?.giveAway?.(state, id),
    },
    close,
  };
}
