import { done, found } from "../answers.ts";
import type { QosLimitSettings } from "../wire.ts";
import type { Calls } from "./calls.ts";

/** One of the five levels (section 9.2.2), in one region. */
export interface QosSelector {
  groupId: string;
  userId: string;
  region?: string | undefined;
}

const noUser = /User does not exist/i;

/** Chapter 9. */
export function qosCalls({ get, send }: Calls) {
  return {
    /** 9.2: undefined when there is no such user. */
    getQosLimits: async ({ groupId, userId, region }: QosSelector) =>
      found<QosLimitSettings>(await get("/qos/limits", { userId, groupId, region }), noUser),
    /** 9.3: all ten limits, always. */
    postQosLimits: async ({ groupId, userId, region }: QosSelector, limits: Record<string, number>) =>
      done(
        await send({
          method: "POST",
          path: "/qos/limits",
          query: { userId, groupId, ...limits, region },
          idempotent: true,
        }),
      ),
    /** 9.1: back to the defaults. Only for a user, a group, and a group's default for its users. */
    deleteQosLimits: async ({ groupId, userId, region }: QosSelector) =>
      done(await send({ method: "DELETE", path: "/qos/limits", query: { userId, groupId, region } })),
  };
}
