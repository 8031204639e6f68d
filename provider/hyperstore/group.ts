import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { type Context, resource } from "../resource/definition.ts";
import { AlreadyExists, ProviderError } from "../resource/errors.ts";
import { immutable, text, unordered } from "../resource/fields.ts";
import { until } from "../resource/wait.ts";
import { done, refusal, says } from "./answers.ts";
import type { HyperStore } from "./client.ts";
import { flag, groupId } from "./rules.ts";
import { hyperstore } from "./system.ts";
import type { GroupInfo } from "./wire.ts";

/** The server may answer a list as one text with commas, so no name can hold one, nor spaces around it. */
const endpoint = z.string().regex(/^[^\s,]+$/, { error: "must be a name without spaces and commas" });

const endpoints = (kind: string) =>
  unordered(z.array(endpoint).min(1))
    .refine((list) => list.length === 1 || !list.some((each) => each === "ALL" || each === "NONE"), {
      error: '"ALL" and "NONE" stand alone',
    })
    .default(["ALL"])
    .describe(
      `S3 ${kind} endpoints that the group's users see in the CMC: names, or \`ALL\`, or \`NONE\`. They grant nothing. Section 6.7.3.`,
    );

const ldap = (meaning: string) => text().describe(`${meaning} Section 6.7.3.`);

const inputs = z.strictObject({
  groupId: immutable(groupId).describe(
    "Id of the group: 1 to 64 letters, digits, dashes and underscores. `0` is the system group, which can only be imported. Section 6.7.3.",
  ),
  groupName: text(z.string().max(64, { error: "must be at most 64 characters" })).describe(
    "Description of the group, at most 64 characters. Section 6.7.3.",
  ),
  active: z
    .boolean()
    .default(true)
    .describe(
      "Whether the group is enabled; users of a disabled group can neither reach their data nor log in. Section 6.7.3.",
    ),
  ldapEnabled: z
    .boolean()
    .default(false)
    .describe("Whether the CMC authenticates the group's users by LDAP. Section 6.7.3."),
  ldapGroup: ldap("The group's name in the LDAP system; replaces `{groupId}` in the other LDAP settings."),
  ldapMatchAttribute: ldap("`attribute=value` that a user's LDAP record must have to log in."),
  ldapSearch: ldap("Filter that finds a user's LDAP record, such as `(uid={userId})`."),
  ldapSearchUserBase: ldap("LDAP search base for users' records."),
  ldapServerURL: ldap("URL of the LDAP server, such as `ldap://my.ldap.server:389`."),
  ldapUserDNTemplate: ldap(
    "How a login name becomes an LDAP name, such as `uid={userId},ou=engineering,dc=my-company,dc=com`.",
  ),
  s3EndpointsHttp: endpoints("HTTP"),
  s3EndpointsHttps: endpoints("HTTPS"),
  s3WebsiteEndpoints: endpoints("website"),
});
type Inputs = z.output<typeof inputs>;
export const groupProfile = z.object(inputs.shape);

export const Group = resource({
  token: "tenantry:hyperstore:Group",
  describe:
    "A HyperStore group: the tenant that users, their buckets and limits belong to. A group can be deleted only when it has no users left. Admin API 8.2, chapter 6.",
  example: { groupId: "QA", groupName: "Quality Assurance" },
  inputs,
  outputs: z.object({}),
  connect: hyperstore,
  id: ({ groupId }) => groupId,

  async create(api, want, ctx) {
    const { groupId } = want;
    const response = await api.putGroup(plain(want));
    if (says(response, 409, /./)) throw new AlreadyExists(groupId, "409 Unique constraint violation");
    done(response);
    ctx.created(groupId);
    // PUT makes the lists ["ALL"]; which spelling this system uses for others shows only in what it answers.
    if (lists.some((list) => !isDeepStrictEqual(want[list], ["ALL"]))) {
      const group = await api.getGroup(groupId);
      await api.postGroup(merged(group, want));
    }
    return {};
  },

  async read(api, id, { refreshing }) {
    const group = await (refreshing ? api.listed : api).getGroup(id);
    return group && { inputs: readGroup(group), outputs: {}, raw: group };
  },

  async update(api, _id, want, was) {
    if (!isDeepStrictEqual(want, was.inputs)) await api.postGroup(merged(was.raw as GroupInfo, want));
    return {};
  },

  async delete(api, id, ctx) {
    if (id === "0") throw new ProviderError("refused", "the system group cannot be deleted");
    await until(ctx, `group ${id} to be empty of users that are being deleted`, () => removed(api, id, ctx));
  },
});

const lists = ["s3EndpointsHttp", "s3EndpointsHttps", "s3WebsiteEndpoints"] as const;
/** Both spellings of the document: with one h in section 6.3, with two in 6.2 and 6.7. */
const spellings: Record<(typeof lists)[number], readonly [string, ...string[]]> = {
  s3EndpointsHttp: ["s3endpointshttp", "s3endpointshhttp"],
  s3EndpointsHttps: ["s3endpointshttps", "s3endpointshhttps"],
  s3WebsiteEndpoints: ["s3websiteendpoints"],
};
const texts = [
  "groupName",
  "ldapGroup",
  "ldapMatchAttribute",
  "ldapSearch",
  "ldapSearchUserBase",
  "ldapServerURL",
  "ldapUserDNTemplate",
] as const;

function plain(want: Inputs): GroupInfo {
  return {
    groupId: want.groupId,
    active: String(want.active),
    ldapEnabled: want.ldapEnabled,
    ...Object.fromEntries(texts.map((name) => [name, want[name] ?? ""])),
  };
}

/** POST replaces the whole profile (section 6.5), so what others have set in it goes back as it came. */
function merged(group: GroupInfo | undefined, want: Inputs): GroupInfo {
  const spelt = (list: (typeof lists)[number]) =>
    spellings[list].find((name) => group && name in group) ?? spellings[list][0];
  return { ...group, ...plain(want), ...Object.fromEntries(lists.map((list) => [spelt(list), want[list]])) };
}

export function readGroup(group: GroupInfo): Inputs {
  const inputs: Inputs = {
    groupId: group.groupId,
    active: flag(group.active ?? "true"),
    ldapEnabled: group.ldapEnabled === true,
    s3EndpointsHttp: listIn(group, "s3EndpointsHttp"),
    s3EndpointsHttps: listIn(group, "s3EndpointsHttps"),
    s3WebsiteEndpoints: listIn(group, "s3WebsiteEndpoints"),
  };
  for (const name of texts) if (group[name]) inputs[name] = String(group[name]);
  return inputs;
}

/** A list, or one text with commas (section 6.7.3). */
function listIn(group: GroupInfo, name: (typeof lists)[number]): string[] {
  const value = spellings[name].map((each) => group[each]).find((each) => each != null) ?? ["ALL"];
  return [value].flat().flatMap((each) =>
    String(each)
      .split(",")
      .map((entry) => entry.trim()),
  );
}

/** One try to delete: false while the only users left are being deleted, which the server counts too (409). */
async function removed(api: HyperStore, id: string, ctx: Context): Promise<boolean> {
  const response = await api.deleteGroup(id);
  if (!says(response, 409, /./)) {
    done(response, /Group does not exist/i);
    return true;
  }
  const users = await api.listUsers(id);
  if (users.length > 0) {
    const names = users.slice(0, 10).map(({ userId }) => userId);
    throw new ProviderError(
      "refused",
      `group "${id}" still has ${users.length} users (${names.join(", ")}${users.length > 10 ? ", …" : ""}): delete them first. ${refusal(response).message}`,
    );
  }
  ctx.log(`group "${id}" waits for its users to be really deleted`, "debug");
  return false;
}
