import { isProperties, mapProperties, type Properties, type Value } from "../../resource/value.ts";

/**
 * The state's inputs as the program would have them. An import names a given pair by its access key, and shows no secret;
 * a program that gives that very pair, under whatever name, changes nothing, nor does one that gives the Swift secret that is.
 * What others have added is shown to a program that wants nothing but its own from now on.
 */
export function namedByProgram(
  { inputs, outputs }: { inputs: Properties; outputs: Properties },
  news: Properties,
): Properties {
  const wanted = asMap(news.keys);
  const keys = keysByProgram({ ...asMap(inputs.keys) }, wanted, asMap(outputs.credentials));
  const subusers = mapProperties(asMap(inputs.subusers), (shown, name) => ({
    ...repeated(asMap(news.subusers)[name], asMap(outputs.swiftKeys)[name], { swiftSecretKey: "secretKey" }),
    ...asMap(shown),
  }));
  const isClosed = news.exclusive === true && inputs.exclusive !== true;
  const others = (names: Value | undefined) =>
    Object.fromEntries((isClosed && Array.isArray(names) ? names : []).map((name) => [String(name), {}]));
  const taken = Object.values(wanted).map((want) => asMap(want).accessKey);
  const otherKeys = Object.entries(others(outputs.otherKeys)).filter(([key]) => !taken.includes(key));
  return {
    ...inputs,
    keys: { ...Object.fromEntries(otherKeys), ...keys },
    subusers: { ...others(outputs.otherSubusers), ...subusers },
    caps: { ...others(outputs.otherCaps), ...asMap(inputs.caps) },
  };
}

function keysByProgram(keys: Map, wanted: Map, pairs: Map): Map {
  for (const [name, want] of Object.entries(wanted)) {
    const { accessKey } = asMap(want);
    const isImported = typeof accessKey === "string" && keys[accessKey] !== undefined && !wanted[accessKey];
    const before = isImported && keys[name] === undefined ? accessKey : name;
    if (asMap(pairs[before]).accessKey !== accessKey || keys[before] === undefined) continue;
    const shown = asMap(keys[before]);
    delete keys[before];
    keys[name] = {
      ...repeated(want, pairs[before], { accessKey: "accessKey", secretKey: "secretKey" }),
      ...shown,
    };
  }
  return keys;
}

type Map = Record<string, Value>;
const asMap = (value: Value | undefined): Map => (isProperties(value) ? value : {});

/** What an output has of the inputs that the program sets. */
function repeated(want: Value | undefined, output: Value | undefined, names: Record<string, string>): Map {
  const all = Object.entries(names).map(([input, name]) => [input, asMap(output)[name]] as const);
  return Object.fromEntries(
    all.flatMap(([input, value]) =>
      asMap(want)[input] === undefined || value === undefined ? [] : [[input, value]],
    ),
  );
}
