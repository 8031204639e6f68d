import type { z } from "zod";
import type { Context, Snapshot } from "../../resource/definition.ts";
import { mapProperties } from "../../resource/value.ts";
import { accessOf } from "../access.ts";
import { capsOf } from "../capset.ts";
import type { KeyInfo, RateLimitInfo, UserInfo } from "../client/wire.ts";
import { quotaOf, rateLimitOf } from "../limits.ts";
import { subuserOf } from "../owner.ts";
import type { Inputs, inputs, Outputs, Pair } from "./fields.ts";
import { type Assigned, assign, assignAll, named } from "./keys.ts";
import { opMaskOf, placementOf } from "./profile.ts";

/** A user as the server has it, and what of it is the program's. */
export interface Found {
  user: UserInfo;
  keys: Assigned;
  /** Names. */
  subusers: string[];
  /** Types. */
  caps: string[];
  /** Undefined where nobody asked for it. */
  rateLimit?: RateLimitInfo | undefined;
}

export const subuserIn = (id: string): string => id.slice(id.indexOf(":") + 1);

/** What the program manages of the user; of one that is imported, all there is. */
export function find(uid: string, user: UserInfo, ctx: Context<Outputs>): Found {
  const { state } = ctx;
  const held = ctx.stateInputs as Partial<Inputs>;
  const showsAll = isImport(ctx);
  // With `exclusive`, a refresh shows in the inputs what others have added, so what is the program's stands in outputs.
  const isOwn = (managed: string[] | undefined, listed: object = {}) => {
    const names = managed ?? Object.keys(listed);
    return (name: string) => showsAll || names.includes(name);
  };
  return {
    user,
    keys: showsAll
      ? assignAll(user.keys, uid)
      : assign(user.keys, { uid, listed: held.keys ?? {}, pairs: state.credentials ?? {} }),
    subusers: user.subusers
      .map(({ id }) => subuserIn(id))
      .filter(isOwn(state.managed?.subusers, held.subusers)),
    caps: Object.keys(capsOf(user.caps)).filter(isOwn(state.managed?.caps, held.caps)),
  };
}

/** By the id alone. What is adopted instead has a program, which says what of it is to be managed. */
export const isImport = ({ refreshing, stateInputs }: Context<Outputs>): boolean =>
  refreshing && stateInputs.uid === undefined;

export function snapshotOf(
  uid: string,
  found: Found,
  { stateInputs, state }: Context<Outputs>,
): Snapshot<z.input<typeof inputs>, Outputs> {
  const { user, keys, rateLimit } = found;
  const own = Object.entries(keys.keys).flatMap(([name, { info }]) => (info ? [[name, info] as const] : []));
  const others = named(uid, [...keys.leftovers, ...keys.others], keys.keys);
  const swift = new Map(user.swift_keys.map((key) => [subuserIn(key.user), key.secret_key]));
  const showsOthers = stateInputs.exclusive === true;
  const isShown =
    (names: string[]) =>
    ([name]: readonly [string, unknown]) =>
      showsOthers || names.includes(name);
  return {
    inputs: {
      uid,
      displayName: user.display_name,
      email: user.email,
      suspended: Boolean(user.suspended),
      maxBuckets: user.max_buckets,
      opMask: opMaskOf(user.op_mask),
      ...placementOf(user),
      caps: Object.fromEntries(Object.entries(capsOf(user.caps)).filter(isShown(found.caps))),
      userQuota: quotaOf(user.user_quota),
      bucketQuota: quotaOf(user.bucket_quota),
      rateLimit: rateLimit && rateLimitOf(rateLimit),
      subusers: Object.fromEntries(
        user.subusers
          .map(({ id, permissions }) => [subuserIn(id), permissions] as const)
          .filter(isShown(found.subusers))
          .map(([name, permissions]) => [
            name,
            { access: accessOf(permissions), swift: swift.has(name), swiftSecretKey: swift.get(name) },
          ]),
      ),
      keys: mapProperties({ ...(showsOthers && others), ...Object.fromEntries(own) }, keyInputsOf),
    },
    outputs: outputsOf(
      found,
      mapProperties(keys.keys, ({ pair }) => pair),
      { exclusive: showsOthers, swiftKeys: state.swiftKeys },
    ),
    raw: found,
  };
}

const keyInputsOf = (key: KeyInfo) => ({
  accessKey: key.access_key,
  secretKey: key.secret_key,
  subuser: subuserOf(key),
});

/** What is empty is left out: in a large stack the engine writes every value of every tenant a thousand times. */
export function outputsOf(
  { user, keys, subusers, caps }: Found,
  credentials: Record<string, Pair>,
  { exclusive, swiftKeys = {} }: { exclusive: boolean; swiftKeys: Outputs["swiftKeys"] },
): Outputs {
  const swift = user.swift_keys
    .map((key) => [subuserIn(key.user), key] as const)
    .filter(([name]) => subusers.includes(name))
    .map(([name, key]) => [
      name,
      { user: key.user, secretKey: key.secret_key, rotate: swiftKeys[name]?.rotate },
    ]);
  return {
    credentials,
    swiftKeys: swift.length > 0 ? Object.fromEntries(swift) : undefined,
    maxBuckets: user.max_buckets,
    ...placementOf(user),
    otherKeys: unlessEmpty(keys.others.map(({ access_key }) => access_key)),
    otherSubusers: unlessEmpty(
      user.subusers.map(({ id }) => subuserIn(id)).filter((name) => !subusers.includes(name)),
    ),
    otherCaps: unlessEmpty(Object.keys(capsOf(user.caps)).filter((type) => !caps.includes(type))),
    managed: exclusive ? { subusers, caps } : undefined,
  };
}

const unlessEmpty = (list: string[]) => (list.length > 0 ? list : undefined);
