import type { WriteContext } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import type { Radosgw } from "../client/calls.ts";
import { deleteKey, putKey } from "../client/user.ts";
import type { KeyInfo } from "../client/wire.ts";
import { subuserOf } from "../owner.ts";
import type { Inputs, Outputs, Pair } from "./fields.ts";
import { wantedPair, withPrevious } from "./keys.ts";
import type { Found } from "./read.ts";

interface Written {
  credentials: Record<string, Pair>;
  others: KeyInfo[];
}

/** Each name has at most two pairs at any time, and every pair that may exist is in the state before it is made. */
export async function writeKeys(
  api: Radosgw,
  { uid, keys: wanted, exclusive }: Inputs,
  { user, keys }: Found,
  ctx: WriteContext<Outputs>,
): Promise<Written> {
  const server = new Map(user.keys.map((info) => [info.access_key, info]));
  const chosen = Object.entries(wanted).map(
    ([name, key]) => [name, wantedPair(uid, name, key, keys.keys[name]?.pair, server)] as const,
  );
  // The earlier pair of a name may be the one of another by now.
  const used = new Set(chosen.map(([, { accessKey }]) => accessKey));
  const pairs = chosen.map(
    ([name, pair]) => [name, used.has(pair.previousAccessKey ?? "") ? withPrevious(pair) : pair] as const,
  );
  const kept = new Set(pairs.flatMap(([, pair]) => [pair.accessKey, pair.previousAccessKey]));
  const inOthers = new Set(keys.others.map((info) => info.access_key));
  const assigned = Object.values(keys.keys).flatMap(({ pair }) => [pair.accessKey, pair.previousAccessKey]);
  const own = new Set([...assigned, ...keys.leftovers.map((info) => info.access_key)]);
  const superfluous = user.keys.filter(
    ({ access_key }) => !kept.has(access_key) && (exclusive || own.has(access_key)),
  );
  const inUse = new Set(Object.values(keys.keys).map(({ pair }) => pair.accessKey));
  const remove = async (info: KeyInfo) => deleteKey(api, uid, info.access_key);

  for (const info of superfluous) if (!inUse.has(info.access_key)) await remove(info);
  let credentials = Object.fromEntries(Object.entries(keys.keys).map(([name, { pair }]) => [name, pair]));
  for (const [name, pair] of pairs) {
    const { accessKey, secretKey } = pair;
    const { subuser } = wanted[name] ?? {};
    const there = server.get(accessKey);
    const hasOwner = there && subuserOf(there) === subuser;
    if (hasOwner && there.secret_key === secretKey) continue;
    if (there && inOthers.has(accessKey) && there.secret_key !== secretKey && !ctx.adopts)
      throw isTaken(uid, name, accessKey);
    if (there && !hasOwner) await remove(there);
    ctx.updated({ credentials: { ...credentials, [name]: pair } });
    if (!(await putKey(api, uid, { accessKey, secretKey, subuser }))) {
      ctx.updated({ credentials });
      throw isElses(uid, name, accessKey);
    }
    credentials = { ...credentials, [name]: pair };
  }
  for (const info of superfluous) if (inUse.has(info.access_key)) await remove(info);
  return {
    credentials: Object.fromEntries(pairs),
    others: exclusive ? [] : keys.others.filter((info) => !kept.has(info.access_key)),
  };
}

const isTaken = (uid: string, name: string, accessKey: string) =>
  new ProviderError(
    "refused",
    `Ceph User "${uid}": access key ${accessKey} of keys.${name} is there already, with another secret key: give that one, or leave secretKey out to take the pair as it is`,
  );

const isElses = (uid: string, name: string, accessKey: string) =>
  new ProviderError(
    "refused",
    `Ceph User "${uid}": 409 KeyExists: access key ${accessKey} of keys.${name} belongs to another user, and stays theirs: give the key another pair`,
  );
