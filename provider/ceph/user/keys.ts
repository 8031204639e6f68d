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
export function nameIn(uid: string, accessKey: string): string | undefined {
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
  const keys: Keys = {};
  const dropped = new Set<string>();
  for (const name of new Set([...Object.keys(listed), ...Object.keys(pairs)])) {
    const { used, unused } = inUse(uid, name, listed[name], pairs[name]);
    const info = left.get(used.accessKey);
    const before = used.previousAccessKey === undefined ? undefined : left.get(used.previousAccessKey);
    // What was never made, or what others removed, is remembered only while the program lists it.
    if (info || before || listed[name]) keys[name] = { pair: asServed(used, info, before), info };
    left.delete(used.accessKey);
    if (before) left.delete(before.access_key);
    if (unused !== undefined) dropped.add(unused);
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

const withPrevious = ({ accessKey, secretKey, rotate }: Pair, before: Pair | undefined): Pair => ({
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
  const accessKey = want.accessKey ?? kept ?? derived;
  const remembered = pairs.find((pair) => pair.accessKey === accessKey)?.secretKey;
  const secretKey = want.secretKey ?? server.get(accessKey)?.secret_key ?? (remembered || newSecret());
  const earlier = known?.accessKey === accessKey ? before : known;
  const isKept =
    want.keepPrevious > 0 && earlier?.accessKey !== accessKey && server.has(earlier?.accessKey ?? "");
  return withPrevious({ accessKey, secretKey, rotate: want.rotate }, isKept ? earlier : undefined);
}
