import { isDeepStrictEqual } from "node:util";
import {
  isProperties,
  mapProperties,
  type Properties,
  reveal,
  unknown,
  type Value,
} from "../../resource/value.ts";

type Maybe = Value | undefined;

/** Of a name whose inputs change, the pair or the Swift key is not known before the update. */
export const planned = (outputs: Properties, was: Properties, want: Properties): Properties => ({
  ...outputs,
  credentials: unchanged(outputs.credentials, was.keys, want.keys),
  swiftKeys: unchanged(outputs.swiftKeys, withoutAccess(was.subusers), withoutAccess(want.subusers)),
});

function unchanged(held: Maybe, was: Maybe, want: Maybe): Value {
  if (!isProperties(held) || !isProperties(was) || !isProperties(want)) return unknown;
  const isSame = (name: string) => isDeepStrictEqual(reveal(was[name] ?? null), reveal(want[name] ?? null));
  const entries = Object.keys(want).map((name) => [name, isSame(name) ? held[name] : unknown]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What a subuser may do is no matter of its key. */
const withoutAccess = (subusers: Maybe): Maybe =>
  isProperties(subusers)
    ? mapProperties(subusers, (each) => (isProperties(each) ? { ...each, access: "" } : each))
    : subusers;
