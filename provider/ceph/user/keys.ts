import type { KeyInfo } from "../client/wire.ts";
import { base32, newSecret } from "../secrets.ts";
import type { KeyInputs, Pair } from "./fields.ts";

/*
 * Which of a user's S3 keys is which of the program's. An access key that the provider chooses follows from the uid, the
 * key's name and its `rotate`, so that a crash leaves no twin; and it contains the name, so that an import knows it.
 */

const shape = /^(.+)_([A-Z2-7]{6})([A-Z2-7]{10})$/;

export function derivedKey(uid: string, name: string, rotate = ""): string {
  const prefix = /^[A-Za-z0-9_-]{1,64}$/.test(name) ? name : Buffer.from(name).toString("base64url");
  return `${prefix}_${base32(6, uid, name)}${base32(10, uid, name, rotate)}`;
}

/** The name in an access key that the provider chose for this user. */
function nameIn(uid: string, accessKey: string): string | undefined {
  const [, prefix = "", tag] = shape.exec(accessKey) ?? [];
  const decoded = Buffer.from(prefix, "base64url").toString();
  return [prefix, decoded].find((name) => name !== "" && base32(6, uid, name) === tag);
}

type Keys = Record<string, { pair: Pair; info: KeyInfo | undefined }>;

export interface Assigned {
  /** By name: the pair that the program's key of that name stands for, and what the server says of it. */
  keys: Keys;
  /** Pairs that stand for none any more: what updates that failed or were killed have left. */
  leftovers: KeyInfo[];
  /** Keys that no name of the program's has to do with. */
  others: KeyInfo[];
}

interface Known {
  uid: string;
  /** What the state lists; undefined in an import. */
  listed: Record<string, Partial<KeyInputs>> | undefined;
  pairs: Record<string, Pair>;
}

/** Which key of the server belongs to which name, by what the state and the access keys themselves tell. */
export function assign(server: readonly KeyInfo[], { uid, listed = {}, pairs }: Known): Assigned {
  const left = new Map(server.map((info) => [info.access_key, info]));
  const take = (accessKey: string | undefined) => {
    const info = accessKey === undefined ? undefined : left.get(accessKey);
    if (info) left.delete(info.access_key);
    return info;
  };
  const names = new Set([...Object.keys(listed), ...Object.keys(pairs)]);
  const found = [...names].map((name) => {
    const { used, unused } = inUse(uid, name, listed[name], pairs[name]);
    return { name, used, unused, info: take(used.accessKey) };
  });
  const taken = new Set(found.flatMap(({ info }) => info?.access_key ?? []));
  const dropped = new Set(found.map(({ unused }) => unused));
  const keys: Keys = {};
  for (const { name, used, info } of found) {
    // Not before all that are in use: a pair may be the earlier one of a name and in use under another.
    const before = take(used.previousAccessKey);
    // One that others removed is remembered; one that has another name by now is not.
    const isLost = Object.hasOwn(pairs, name) && !taken.has(used.accessKey);
    if (info || before || isLost) keys[name] = { pair: asServed(used, info, before), info };
  }
  const isLeftover = ({ access_key }: KeyInfo) =>
    dropped.has(access_key) || Object.hasOwn(keys, nameIn(uid, access_key) ?? "");
  const rest = [...left.values()];
  return { keys, leftovers: rest.filter(isLeftover), others: rest.filter((info) => !isLeftover(info)) };
}

/** After an update that failed, the state has the earlier inputs and the later pairs: the inputs tell which is in use. */
function inUse(
  uid: string,
  name: string,
  want: Partial<KeyInputs> | undefined,
  known: Pair | undefined,
): { used: Pair; unused?: string } {
  const accessKey = want?.accessKey ?? derivedKey(uid, name, want?.rotate);
  if (!known) return { used: { accessKey, secretKey: "", rotate: want?.rotate } };
  const before = previousIn(known);
  if (!want || isPairFor(want, known) || !before || !isPairFor(want, before)) return { used: known };
  return { used: before, unused: known.accessKey };
}

const isPairFor = (want: Partial<KeyInputs>, { accessKey, rotate }: Pair): boolean =>
  want.accessKey === undefined ? want.rotate === rotate : want.accessKey === accessKey;

const previousIn = ({ previousAccessKey, previousSecretKey = "", previousRotate }: Pair): Pair | undefined =>
  previousAccessKey === undefined
    ? undefined
    : { accessKey: previousAccessKey, secretKey: previousSecretKey, rotate: previousRotate };

export const withPrevious = ({ accessKey, secretKey, rotate }: Pair, before?: Pair): Pair => ({
  accessKey,
  secretKey,
  rotate,
  ...(before && {
    previousAccessKey: before.accessKey,
    previousSecretKey: before.secretKey,
    previousRotate: before.rotate,
  }),
});

/** With the secrets that the server has now, and without a previous pair that it has no more. */
function asServed(known: Pair, info: KeyInfo | undefined, before: KeyInfo | undefined): Pair {
  const previous = previousIn(known);
  return withPrevious(
    { ...known, secretKey: info?.secret_key ?? known.secretKey },
    before && previous && { ...previous, secretKey: before.secret_key },
  );
}

/** All keys, as an import knows them: by the names that are in them, with an earlier pair each, or else by themselves. */
export function assignAll(server: readonly KeyInfo[], uid: string): Assigned {
  const keys = new Map<string, Keys[string]>();
  for (const info of server) {
    const pair = { accessKey: info.access_key, secretKey: info.secret_key };
    const name = nameIn(uid, info.access_key) ?? info.access_key;
    const first = keys.get(name);
    if (!first) keys.set(name, { pair, info });
    // Which of them is the earlier one is not known: both stay valid.
    else if (first.pair.previousAccessKey === undefined)
      keys.set(name, { ...first, pair: withPrevious(first.pair, pair) });
    else keys.set(info.access_key, { pair, info });
  }
  return { keys: Object.fromEntries(keys), leftovers: [], others: [] };
}

/** Keys that are not the program's, by names that it does not use. */
export function named(uid: string, infos: readonly KeyInfo[], used: object): Record<string, KeyInfo> {
  const nameOf = ({ access_key }: KeyInfo) => {
    const name = nameIn(uid, access_key);
    return name === undefined || Object.hasOwn(used, name) ? access_key : name;
  };
  return Object.fromEntries(infos.map((info) => [nameOf(info), info]));
}

/** The pair that the program wants under a name, with the one that stays valid beside it. */
export function wantedPair(
  uid: string,
  name: string,
  want: KeyInputs,
  known: Pair | undefined,
  server: ReadonlyMap<string, KeyInfo>,
): Pair {
  const derived = derivedKey(uid, name, want.rotate);
  const before = known && previousIn(known);
  const pairs = [known, before].filter((pair) => pair !== undefined);
  const kept = server.has(derived) ? derived : pairs.find((pair) => isPairFor(want, pair))?.accessKey;
  // One that is called by its access key is that one, as in an import.
  const accessKey = want.accessKey ?? kept ?? (!known && server.has(name) ? name : derived);
  const remembered = pairs.find((pair) => pair.accessKey === accessKey)?.secretKey;
  const secretKey = want.secretKey ?? server.get(accessKey)?.secret_key ?? (remembered || newSecret());
  const earlier = known?.accessKey === accessKey ? before : known;
  const isKept =
    want.keepPrevious > 0 && earlier?.accessKey !== accessKey && server.has(earlier?.accessKey ?? "");
  return withPrevious({ accessKey, secretKey, rotate: want.rotate }, isKept ? earlier : undefined);
}
