import type { AdminCalls } from "../client.ts";
import { count } from "../counts.ts";
import type { LicenseData } from "../wire.ts";
import { listIn, momentIn, objectIn, textIn } from "./answers.ts";
import { type Ask, strange } from "./ask.ts";
import { figureReads } from "./figures.ts";
import { groupReads } from "./group.ts";
import { credentialReads, type UserReads, userReads } from "./user.ts";
import { elementsIn } from "./xml.ts";

/**
 * The reads of the Admin API that the IAM Service offers too (section 1.7.2), with the same meaning. That an object is
 * gone is never taken from a refusal or an empty answer: the list of its kind has to leave it out as well. What only
 * credentials show, their secret keys, stays with the Admin API where that can be asked.
 */
export function iamReads(ask: Ask, admin: AdminCalls, secretsElsewhere: boolean): Partial<AdminCalls> {
  const groups = groupReads(ask);
  const users = userReads(ask, groups);
  return {
    ...groups,
    ...users,
    ...(secretsElsewhere ? {} : credentialReads(ask, users)),
    ...qosReads(ask, users),
    ...systemReads(ask),
    ...figureReads(ask, users, admin),
  };
}

/** Section 9.2.6. */
function qosReads(ask: Ask, { getUser }: UserReads): Pick<AdminCalls, "getQosLimits"> {
  return {
    async getQosLimits({ groupId, userId, region }) {
      const action = "GetCloudianQosLimits";
      const asked = await ask(action, { userId, groupId, region });
      const found = objectIn(action, asked);
      // Side by side, or inside of one.
      const rows = elementsIn(found?.qosLimitList).flatMap((each) =>
        "type" in each ? [each] : listIn(action, each),
      );
      if (rows.length > 0)
        return {
          groupId,
          userId,
          qosLimitList: rows.map((row) => ({
            type: textIn(action, row, "type"),
            value: count(row.value, `the limit ${row.type} of "${groupId}/${userId}"`),
          })),
        };
      const isUser = userId !== "ALL" && userId !== "*";
      if (isUser && !(await getUser({ groupId, userId }))) return undefined;
      throw asked.refused ?? strange(action, `without limits of "${groupId}/${userId}"`);
    },
  };
}

/** Sections 11.10.5 and 11.14.4. */
function systemReads(ask: Ask): Pick<AdminCalls, "getLicense" | "getVersion"> {
  return {
    async getLicense() {
      const action = "GetCloudianSystemLicense";
      const asked = await ask(action);
      const found = objectIn(action, asked);
      if (!found) throw asked.refused ?? strange(action, "without a licence");
      const given = Object.entries(found).filter(([, value]) => value !== "");
      const license: LicenseData = { ...Object.fromEntries(given) };
      for (const name of ["issued", "expiration"])
        if (found[name]) license[name] = momentIn(action, found[name]);
      return license;
    },
    async getVersion() {
      const action = "GetCloudianSystemVersion";
      const { elements, refused } = await ask(action);
      if (refused) throw refused;
      return textIn(action, elements, "String").trim();
    },
  };
}
