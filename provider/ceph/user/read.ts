import type { z } from "zod";
import type { Context, Snapshot } from "../../resource/definition.ts";
import { accessOf } from "../access.ts";
import { capsOf } from "../capset.ts";
import type { KeyInfo, UserInfo } from "../client/wire.ts";
import { quotaOf } from "../limits.ts";
import { subuserOf } from "../owner.ts";
import type { Inputs, inputs, Outputs, Pair } from "./fields.ts";
import { type Assigned, assign, nameIn } from "./keys.ts";
import { opMaskOf, placementOf } from "./profile.ts";

/** A user as the server has it, and what of it is the program's. */
export interface Found {
  user: UserInfo;
  keys: Assigned;
  /** Names. */
  subusers: string[];
  /** Types. */
  caps: string[];
}

export const subuserIn = (id: string): string => id.slice(id.indexOf(":") + 1);

/** What the program manages of the user; with `exclusive`, and in an import, all there is. */
export function find(uid: string, user: UserInfo, { stateInputs, state }: Context<Outputs>): Found {
  const held = stateInputs as Partial<Inputs>;
  const isOwn = (listed: object | undefined, managed: string[] | undefined, name: string) =>
    showsAll(held) || Object.hasOwn(listed ?? {}, name) || (managed ?? []).includes(name);
  const keys = assign(user.keys, { uid, listed: held.keys, pairs: state.credentials ?? {} });
  return {
    user,
    keys: showsAll(held) ? withAll(uid, keys) : keys,
    subusers: user.subusers
      .map(({ id }) => subuserIn(id))
      .filter((name) => isOwn(held.subusers, state.managedSubusers, name)),
    caps: Object.keys(capsOf(user.caps)).filter((type) => isOwn(held.caps, state.managedCaps, type)),
  };
}

const showsAll = ({ uid, exclusive }: Partial<Inputs>) => uid === undefined || exclusive === true;

/** Those that the program does not list have the names that are in them, or else their access keys. */
function withAll(uid: string, { keys, leftovers, others }: Assigned): Assigned {
  const all = { ...keys };
  for (const info of [...leftovers, ...others]) {
    const own = nameIn(uid, info.access_key);
    const name = own === undefined || Object.hasOwn(all, own) ? info.access_key : own;
    all[name] = { pair: { accessKey: info.access_key, secretKey: info.secret_key }, info };
  }
  return { keys: all, leftovers: [], others: [] };
}

export function snapshotOf(
  uid: string,
  found: Found,
  state: Partial<Outputs>,
): Snapshot<z.input<typeof inputs>, Outputs> {
  const { user, keys, subusers, caps } = found;
  const swift = new Map(user.swift_keys.map((key) => [subuserIn(key.user), key.secret_key]));
  const pairs = Object.entries(keys.keys).map(([name, { pair }]) => [name, pair] as const);
  const own = <Each>(all: Record<string, Each>, names: string[]) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  const permissions = Object.fromEntries(user.subusers.map((each) => [subuserIn(each.id), each.permissions]));
  return {
    inputs: {
      uid,
      displayName: user.display_name,
      email: user.email,
      suspended: Boolean(user.suspended),
      maxBuckets: user.max_buckets,
      opMask: opMaskOf(user.op_mask),
      ...placementOf(user),
      caps: own(capsOf(user.caps), caps),
      userQuota: quotaOf(user.user_quota),
      bucketQuota: quotaOf(user.bucket_quota),
      subusers: Object.fromEntries(
        subusers.map((name) => [
          name,
          {
            access: accessOf(permissions[name] ?? ""),
            swift: swift.has(name),
            swiftSecretKey: swift.get(name),
          },
        ]),
      ),
      keys: Object.fromEntries(
        Object.entries(keys.keys).flatMap(([name, { info }]) => (info ? [[name, keyInputsOf(info)]] : [])),
      ),
    },
    outputs: outputsOf(found, Object.fromEntries(pairs), state.swiftKeys ?? {}),
    raw: found,
  };
}

const keyInputsOf = (key: KeyInfo) => ({
  accessKey: key.access_key,
  secretKey: key.secret_key,
  subuser: subuserOf(key),
});

export function outputsOf(
  { user, keys, subusers, caps }: Found,
  credentials: Record<string, Pair>,
  swiftKeys: Record<string, { rotate?: string | undefined }>,
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
    swiftKeys: Object.fromEntries(swift),
    maxBuckets: user.max_buckets,
    ...placementOf(user),
    managedSubusers: subusers,
    managedCaps: caps,
    otherKeys: keys.others.map(({ access_key }) => access_key),
    otherSubusers: user.subusers.map(({ id }) => subuserIn(id)).filter((name) => !subusers.includes(name)),
    otherCaps: Object.keys(capsOf(user.caps)).filter((type) => !caps.includes(type)),
  };
}
