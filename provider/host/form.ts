/// <reference lib="es2024.string" />
import { formatPath, type Path } from "../resource/path.ts";
import {
  isProperties,
  mapProperties,
  Opaque,
  type Properties,
  put,
  Secret,
  Unknown,
  unknown,
  type Value,
} from "../resource/value.ts";

/**
 * Property values as both hosts exchange them with Pulumi: JSON, in which an object with a signature key stands
 * for what JSON cannot say, and a sentinel string for an unknown. The constants are the engine's:
 * sdk/go/common/resource/properties.go and sdk/go/common/resource/plugin/rpc.go.
 */
export type Wire = null | boolean | number | string | Wire[] | WireObject;
export type WireObject = { [key: string]: Wire };

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const unknowns = new Set([
  unknownString,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

function read(wire: Wire): Value {
  if (typeof wire === "string") return isUnknown(wire) ? unknown : wire;
  if (typeof wire !== "object" || wire === null) return wire;
  if (Array.isArray(wire)) return wire.map(read);
  switch (wire[signatureKey]) {
    case undefined:
      return readFields(wire);
    case secretSignature:
      return new Secret(readContents(wire));
    case outputSignature:
      return wire.secret === true ? new Secret(readContents(wire)) : readContents(wire);
    default:
      return new Opaque(wire);
  }
}

/** A value that is not known yet is left out. */
const readContents = ({ value }: WireObject): Value => (value === undefined ? unknown : read(value));

/** The length first, because most strings are not worth hashing. */
const isUnknown = (text: string): boolean => text.length === unknownString.length && unknowns.has(text);

/** Dependencies of output values are dropped: only the engine needs them. */
export const readFields = (fields: WireObject): Properties => mapProperties(fields, read);

function write(value: Value, path: Path): Wire {
  switch (typeof value) {
    case "string":
      // A lone surrogate would be invalid UTF-8, for which the engine refuses the whole message.
      return value.toWellFormed();
    case "number":
      if (!Number.isFinite(value)) throw unencodable(path, `the number ${value}`);
      return value;
    case "boolean":
      return value;
  }
  if (value === null) return null;
  // `from` rather than `map`, which would skip holes.
  if (Array.isArray(value)) return Array.from(value, (item, index) => write(item, [...path, index]));
  if (isProperties(value)) return writeFields(value, path);
  if (value instanceof Secret) return writeSecret(value, path);
  if (value instanceof Unknown) return unknownString;
  if (value instanceof Opaque) return value.wire as Wire;
  throw unencodable(path, kindOf(value));
}

/** An unknown secret goes as an output value: to a reader that drops unknowns, a plain one would be malformed. */
function writeSecret({ value }: Secret, path: Path): Wire {
  if (value instanceof Unknown) return { [signatureKey]: outputSignature, secret: true };
  return { [signatureKey]: secretSignature, value: write(value, path) };
}

/** Absent (`undefined`) properties are left out; what is no `Value` is our own bug and throws a TypeError. */
export function writeFields(
  properties: Readonly<Record<string, Value | undefined>>,
  path: Path = [],
): WireObject {
  const fields: WireObject = {};
  for (const key of Object.keys(properties)) {
    const value = properties[key];
    if (value === undefined) continue;
    // Data from a server must not pass for a secret, or for an asset that the engine would then open.
    if (key === signatureKey) throw unencodable(path, "an object with Pulumi's signature key");
    put(fields, key.toWellFormed(), write(value, [...path, key]));
  }
  return fields;
}

/** Names the kind and never the value, which may be secret. */
function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return `a value of type ${typeof value}`;
  return `an object of class ${Object.getPrototypeOf(value)?.constructor?.name ?? "null"}`;
}

const unencodable = (path: Path, what: string): TypeError =>
  new TypeError(`${formatPath(path)}: ${what} cannot be sent to Pulumi`);
