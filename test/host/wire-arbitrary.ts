import fc from "fast-check";
import { Opaque, type Properties, Secret, unknown, type Value } from "../../provider/resource/value.ts";

export const signatureKey = "4dabf18193072939515e22adb298388d";
export const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
};

const text = fc.string({ unit: "binary" });
const key = fc.oneof(
  fc.string({ unit: "binary" }).filter((name) => name !== "__proto__"),
  fc.constantFrom("constructor", "toString", "hasOwnProperty", "value", "secret", "length", "a.b", ""),
);

/** As the Node SDK writes it. */
const asset = text
  .filter((path) => path !== "")
  .map((path) => new Opaque({ [signatureKey]: signatures.asset, __pulumiAsset: true, path }));

/** Any properties: secrets, unknowns and assets anywhere, keys and texts of every kind. */
export const { properties: anyProperties } = fc.letrec<{ value: Value; properties: Properties }>((tie) => ({
  properties: fc.dictionary(key, tie("value"), { maxKeys: 6, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant<Value>(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.constant(unknown),
    asset,
    fc.array(tie("value"), { maxLength: 4 }),
    tie("value").map((inner) => new Secret(inner)),
    tie("properties"),
  ),
}));
