import { isProperties, mapProperties, type Properties, type Value } from "../../resource/value.ts";

/**
 * The keys of the state under the names that the program has for them. An import names a given pair by its access key, and
 * does not show it; a program that gives that very pair, under whatever name, changes nothing.
 */
export function namedByProgram(
  { inputs, outputs }: { inputs: Properties; outputs: Properties },
  news: Properties,
): Properties {
  const [held, wanted, pairs] = [inputs.keys, news.keys, outputs.credentials].map(asMap) as [Map, Map, Map];
  const keys: Map = { ...held };
  for (const [name, want] of Object.entries(wanted)) {
    const accessKey = asMap(want).accessKey;
    if (accessKey === undefined) continue;
    const before = Object.keys(keys).find(
      (each) =>
        (each === name || wanted[each] === undefined) &&
        (asMap(keys[each]).accessKey ?? asMap(pairs[each]).accessKey) === accessKey,
    );
    if (before === undefined) continue;
    const shown = asMap(keys[before]);
    delete keys[before];
    keys[name] = { ...repeated(asMap(want), asMap(pairs[before])), ...shown };
  }
  return inputs.keys === undefined ? inputs : { ...inputs, keys };
}

type Map = Record<string, Value>;
const asMap = (value: Value | undefined): Map =>
  isProperties(value) ? mapProperties(value, (each) => each) : {};

const repeated = (want: Map, pair: Map): Map =>
  Object.fromEntries(
    ["accessKey", "secretKey"].flatMap((each) =>
      want[each] === undefined || pair[each] === undefined ? [] : [[each, pair[each]]],
    ),
  );
