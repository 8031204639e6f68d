import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { joinId, splitId } from "../resource/definition.ts";
import { ProviderError } from "../resource/errors.ts";
import { immutable } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import type { QosSelector } from "./client/qos.ts";
import type { HyperStore } from "./client.ts";
import {
  byName,
  fallbackOf,
  type LimitName,
  type Limits,
  levelOf,
  limitFields,
  limitNames,
  limitsIn,
} from "./qos.ts";
import { region, regionFrom, regionPart, withoutDefaultRegion } from "./region.ts";
import { groupId, userId } from "./rules.ts";
import { hyperstore } from "./system.ts";

const selector = (id: z.ZodType<string>, ...signs: string[]) =>
  z.string().superRefine((value, context) => {
    if (signs.includes(value)) return;
    for (const { message } of id.safeParse(value).error?.issues ?? [])
      context.addIssue(`${message}, or ${signs.map((sign) => `"${sign}"`).join(" or ")}`);
  });

const inputs = z
  .strictObject({
    groupId: immutable(selector(groupId, "*", "ALL")).describe(
      "A group; `*` for the region's default for users, `ALL` for the region's default for groups. Section 9.3.2.",
    ),
    userId: immutable(selector(userId, "*", "ALL")).describe(
      "A user of the group; `*` for the group as a whole, `ALL` for the group's default for each of its users. Section 9.3.2.",
    ),
    region,
    ...limitFields,
  })
  .superRefine((selectors, context) => {
    if (levelOf(selectors) === undefined)
      context.addIssue({
        code: "custom",
        path: ["userId"],
        message:
          'must be "ALL" where groupId is "*" (the region\'s default for users), and "*" where groupId is "ALL" (its default for groups)',
      });
  });

const limitValue = (name: string) =>
  z.number().describe(`What the server has for \`${name}\`; -1 for no limit.`);

export const QosLimits = settings({
  token: "tenantry:hyperstore:QosLimits",
  describe:
    "Quality-of-service limits in one region: of a user, of a group, of a group's users by default, or the region's defaults. A level with limits of its own has all ten, so that none of its defaults applies any more; those that the program does not set stay as the server shows them. The system enforces limits only where that is switched on. Admin API 8.2, chapter 9.",
  example: { groupId: "QA", userId: "John", hlStorageQuotaKBytes: 104857600, hlRequestRate: 600 },
  inputs,
  outputs: z.object(Object.fromEntries(limitNames.map((name) => [name, limitValue(name)]))),
  connect: hyperstore,
  configured: withoutDefaultRegion,
  id: ({ region, groupId, userId }) => joinId(regionPart(region), groupId, userId),
  onDelete: {
    name: "remove",
    does: "removes the level's own limits, so that its defaults apply (the region's defaults become unlimited)",
    run: (api, id) => remove(api, selectorOf(id)),
  },

  async read(api, id) {
    const at = selectorOf(id);
    const found = await api.getQosLimits(at);
    if (!found) return undefined;
    const limits = limitsIn(found);
    return { inputs: { ...at, ...limits }, outputs: limits };
  },

  async write(api, id, want, { outputs: was }, ctx) {
    const at = selectorOf(id);
    await rejectMissingGroup(api, at);
    const limits = byName((name) => want[name] ?? Number(was[name]));
    if (isDeepStrictEqual(limits, was)) return was;
    await warnOfLifted(api, at, limits, want, ctx);
    await api.postQosLimits(at, limits);
    return limits;
  },

  async restore(api, id, previous) {
    const at = selectorOf(id);
    await remove(api, at);
    // Whether a level has limits of its own does not show. If without them it reads as before, it had none.
    const now = await api.getQosLimits(at);
    const before = byName((name) => previous[name] ?? -1);
    if (now && !isDeepStrictEqual(limitsIn(now), before)) await api.postQosLimits(at, before);
  },
});

function selectorOf(id: string): QosSelector {
  const { region, groupId, userId } = splitId(id, "region", "groupId", "userId");
  const name = regionFrom(region);
  return { groupId, userId, ...(name === undefined ? {} : { region: name }) };
}

/** The two defaults of the region cannot be deleted (section 9.1.2), only lifted. */
async function remove(api: HyperStore, at: QosSelector): Promise<void> {
  if (fallbackOf(at)) await api.deleteQosLimits(at);
  else
    await api.postQosLimits(
      at,
      byName(() => -1),
    );
}

/** POST takes limits of groups that do not exist (section 9.3.4). Of a user that does not, GET has told already. */
async function rejectMissingGroup(api: HyperStore, { groupId, userId }: QosSelector): Promise<void> {
  const level = levelOf({ groupId, userId });
  if ((level === "group" || level === "groupUsers") && !(await api.getGroup(groupId)))
    throw new ProviderError("refused", `group "${groupId}" does not exist, so it can have no QoS limits`);
}

/** A level's first own limits replace all its defaults, also those that the program says nothing of. */
async function warnOfLifted(
  api: HyperStore,
  at: QosSelector,
  limits: Limits,
  want: { [Name in LimitName]?: number | undefined },
  { log }: { log(message: string, severity: "warn"): void },
): Promise<void> {
  const fallback = fallbackOf(at);
  const open = limitNames.filter((name) => want[name] === undefined && limits[name] === -1);
  const found = fallback && open.length > 0 ? await api.getQosLimits(fallback) : undefined;
  if (!found) return;
  const defaults = limitsIn(found);
  const lifted = open.filter((name) => defaults[name] !== -1).map((name) => `${name} (${defaults[name]})`);
  if (lifted.length > 0)
    log(
      `with limits of its own, "${at.groupId}/${at.userId}" is no longer held to the defaults ${lifted.join(", ")}: set these too, or to -1 to say that they are meant to be off`,
      "warn",
    );
}
