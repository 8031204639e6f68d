import { isProperties, isSame, type Properties, unknown, type Value } from "../../resource/value.ts";
import { isSameSwift } from "../access.ts";

type Maybe = Value | undefined;

/** Of a name whose inputs change, the pair or the Swift key is not known before the update. */
export const planned = (outputs: Properties, was: Properties, want: Properties): Properties => ({
  ...outputs,
  credentials: unchanged(outputs.credentials, was.keys, want.keys, isSame),
  swiftKeys: unchanged(outputs.swiftKeys, was.subusers, want.subusers, isSameSwift),
});

function unchanged(held: Maybe, was: Maybe, want: Maybe, stays: (was: Maybe, want: Maybe) => boolean): Value {
  if (!isProperties(held) || !isProperties(was) || !isProperties(want)) return unknown;
  const entries = Object.keys(want).map((name) => [
    name,
    stays(was[name], want[name]) ? held[name] : unknown,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
