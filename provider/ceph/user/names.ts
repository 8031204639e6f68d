import { isProperties, mapProperties, type Properties, type Value } from "../../resource/value.ts";

/**
 * The state's inputs as the program would have them. An import names a given pair by its access key, and shows no secret;
 * a program that gives that very pair, under whatever name, changes nothing, nor does one that gives the Swift secret that is.
 */
export function namedByProgram(
  { inputs, outputs }: { inputs: Properties; outputs: Properties },
  news: Properties,
): Properties {
  const keys: Map = { ...asMap(inputs.keys) };
  const [wanted, pairs, swiftKeys] = [news.keys, outputs.credentials, outputs.swiftKeys].map(asMap) as [
    Map,
    Map,
    Map,
  ];
  for (const [name, want] of Object.entries(wanted)) {
    const { accessKey } = asMap(want);
    const isFree = (each: string) => each === name || wanted[each] === undefined;
    const accessKeyOf = (each: string) => asMap(keys[each]).accessKey ?? asMap(pairs[each]).accessKey;
    const before = Object.keys(keys).find((each) => isFree(each) && accessKeyOf(each) === accessKey);
    if (accessKey === undefined || before === undefined) continue;
    const shown = asMap(keys[before]);
    delete keys[before];
    keys[name] = {
      ...repeated(want, pairs[before], { accessKey: "accessKey", secretKey: "secretKey" }),
      ...shown,
    };
  }
  const subusers = mapProperties(asMap(inputs.subusers), (shown, name) => ({
    ...repeated(asMap(news.subusers)[name], swiftKeys[name], { swiftSecretKey: "secretKey" }),
    ...asMap(shown),
  }));
  return {
    ...inputs,
    ...(inputs.keys !== undefined && { keys }),
    ...(inputs.subusers !== undefined && { subusers }),
  };
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
