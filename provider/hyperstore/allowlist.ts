import * as z from "zod";
import { ProviderError } from "../resource/errors.ts";
import { unordered } from "../resource/fields.ts";
import { settings } from "../resource/settings.ts";
import { canonicalAddress } from "./address.ts";
import { hyperstore } from "./system.ts";
import type { AllowlistInfo } from "./wire.ts";

/** The only one of a system, and its id cannot be changed (section 2.2.4). */
export const onlyId = "Default-WL";

const entry = z
  .string()
  .refine((text) => canonicalAddress(text) !== undefined, {
    error:
      "must be an IPv4 or IPv6 address, or an IPv4 subnet such as 10.20.0.0/16 (IPv6 subnets are not supported)",
  })
  .transform((text) => canonicalAddress(text) ?? text);

const inputs = z.strictObject({
  list: unordered(z.array(entry))
    .transform((entries) => [...new Set(entries)])
    .describe(
      "Source addresses whose S3 traffic is billed by the allowlist's rating plan: IPv4 and IPv6 addresses, and IPv4 subnets in CIDR notation, in any order. A subnet is known by its first address, and of equal entries one counts. Section 2.2.4.",
    ),
  name: z.string().min(1).default("Default Allowlist").describe("Display name. Section 2.2.4."),
  ratingPlanId: z
    .string()
    .min(1)
    .default("Whitelist-RP")
    .describe(
      "Rating plan for the traffic of the addresses in the list; it must exist. By `Whitelist-RP`, which every system has, that traffic is free. Section 2.2.4.",
    ),
});
export const allowlistFields = inputs.shape;

export const Allowlist = settings({
  token: "tenantry:hyperstore:Allowlist",
  describe:
    "The system's allowlist: source addresses with free, or differently rated, S3 traffic. There is one for the whole system. For billing, a change takes effect with the next hourly roll-up of usage data. The system uses the list only where the feature is switched on, which the API does not tell. Admin API 8.2, chapter 2.",
  example: { list: ["10.20.2.10", "10.20.3.0/24"] },
  inputs,
  outputs: z.object({}),
  connect: hyperstore,
  id: () => onlyId,
  onDelete: {
    name: "empty",
    does: "takes all entries off the list",
    async run(api, id) {
      const now = await api.getAllowlist(id);
      if (now && now.list.length > 0) await api.postAllowlist({ ...now, list: [] });
    },
  },

  contested({ list }) {
    if (list.length === 0) return undefined;
    return `it is not empty but has ${list.length} ${list.length === 1 ? "entry" : "entries"}: the whole system has only this one, and another program or somebody in the CMC may manage it`;
  },

  async read(api, id) {
    const raw = await api.getAllowlist(id);
    return raw && { inputs: readAllowlist(raw), outputs: {}, raw };
  },

  async write(api, _id, want, was) {
    // POST takes a plan that does not exist (section 2.2.5).
    if (want.ratingPlanId !== was.inputs.ratingPlanId && !(await api.getRatingPlan(want.ratingPlanId)))
      throw new ProviderError(
        "refused",
        `the allowlist cannot be given rating plan "${want.ratingPlanId}": there is no such plan`,
      );
    await api.postAllowlist(merged(was.raw, want));
    return {};
  },

  async restore(api, _id, previous, was) {
    await api.postAllowlist(merged(was.raw, previous));
  },
});

type Content = Pick<AllowlistInfo, "list" | "name" | "ratingPlanId">;

export const readAllowlist = ({ list, name, ratingPlanId }: AllowlistInfo): Content => ({
  list,
  name,
  ratingPlanId,
});

const merged = (raw: unknown, { list, name, ratingPlanId }: Content): AllowlistInfo => ({
  ...(raw as AllowlistInfo),
  list,
  name,
  ratingPlanId,
});
