import fc, { type Arbitrary } from "fast-check";
import type { z } from "zod";
import { childOf, type Field, fieldOf, isLeftToOthers } from "../../provider/resource/fields.ts";
import { isProperties, type Properties, type Value } from "../../provider/resource/value.ts";

/*
 * Random inputs, read off a definition's fields. Texts come from several sources, and each source is used where the
 * field's rules accept enough of it: so a new resource gets the awkward values that it allows without a list of its own.
 */

/** What has broken encoders, query strings, trimming and comparisons before. */
const pieces = [
  ..."aZ0-_.@ \t'\"\\%+/=&#?{}[]()<>|;:,!*~$",
  ..."éß日本🙂",
  ..."\u00a0\u200d",
  "%41",
  "%2F",
  "&amp;",
  "\\u0041",
  "//",
  "..",
  "\r\n",
];
/** What a parser takes for something else than a text. */
const lookalikes = ["0", "007", "-1", "1e3", "0x1F", "true", "false", "None", "[]", "{}", "ALL", "NONE"];
const long = ["a".repeat(64), "Z9".repeat(32), "a".repeat(255), "é".repeat(500)];

type Check = { pattern?: RegExp; minimum?: number; maximum?: number; length?: number };
type Unwrapped = { def: { checks?: { _zod: { def: Check } }[]; pattern?: RegExp } };

export function propertiesOf(schema: z.ZodObject): Arbitrary<Properties> {
  return anyOf(fieldOf(schema)) as Arbitrary<Properties>;
}

function anyOf(field: Field): Arbitrary<Value> {
  const { shape } = field;
  const { minimum: minLength = 0, maximum: maxLength = minLength + 4 } = checksOf(field);
  switch (shape.kind) {
    case "string":
      return textOf(field);
    case "boolean":
      return fc.boolean();
    case "enum":
      return fc.constantFrom(...shape.values);
    case "integer":
    case "number":
      return numberOf(field, shape.kind);
    case "any":
      return fc.jsonValue({ maxDepth: 2 }).filter((value) => value !== null) as Arbitrary<Value>;
    case "array": {
      const element = anyOf(shape.element);
      const lengths = { minLength, maxLength };
      return field.traits.unordered ? fc.uniqueArray(element, lengths) : fc.array(element, lengths);
    }
    case "record":
      return fc.dictionary(keyOf(field), anyOf(shape.element), { maxKeys: 4, noNullPrototype: true });
    case "object":
      return objectOf(shape.fields);
  }
}

function objectOf(fields: Record<string, Field>): Arbitrary<Properties> {
  const values = Object.entries(fields).map(([key, field]) => {
    const value = anyOf(field).filter((each) => accepts(field, each));
    const sometimes = field.optional ? fc.option(value, { nil: undefined, freq: 2 }) : value;
    return [key, sometimes] as const;
  });
  return fc.record(Object.fromEntries(values)).map(present);
}

/** Without the keys that have no value. */
export const present = (properties: Record<string, Value | undefined>): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as Properties;

const numberOf = (field: Field, kind: "integer" | "number"): Arbitrary<number> => {
  const { minValue, maxValue } = unwrap(field.schema) as unknown as z.ZodNumber;
  const min = Math.max(minValue ?? -1e9, -Number.MAX_SAFE_INTEGER);
  const max = Math.min(maxValue ?? 1e9, Number.MAX_SAFE_INTEGER);
  const edges = fc.constantFrom(min, max);
  if (kind === "integer") return fc.oneof({ weight: 4, arbitrary: fc.integer({ min, max }) }, edges);
  return fc.oneof({ weight: 4, arbitrary: fc.double({ min, max, noNaN: true }) }, edges);
};

function textOf(field: Field): Arbitrary<string> {
  const { minimum, maximum, length } = checksOf(field);
  const lengths = { minLength: length ?? minimum ?? 0, maxLength: length ?? maximum ?? 40 };
  // A secret must be findable in a log: no other text may be equal to it by chance.
  if (field.traits.secret) {
    const odd = fc.constantFrom(...pieces);
    // With a capital letter too, for rules on passwords.
    return bestOf(field, [canary(odd), canary(odd.map((piece) => `X${piece}`)), canary(fc.constant(""))]);
  }
  return bestOf(field, [
    ...patternsOf(field).flatMap(matching),
    fc.string({ unit: "grapheme", ...lengths }),
    fc.array(fc.constantFrom(...pieces), lengths).map((each) => each.join("")),
    fc.constantFrom(...[...lookalikes, ...long].filter((each) => accepts(field, each)), "-"),
    fc.stringMatching(/^[A-Za-z0-9_'+-]{1,20}(\.[a-z0-9+]{1,5})?@[a-z0-9]{1,10}\.[a-z]{2,6}$/),
    fc.webUrl(),
    fc.ipV4(),
  ]);
}

/** Those sources of which the field takes at least a fifth, in equal parts. */
function bestOf(field: Field, sources: Arbitrary<string>[]): Arbitrary<string> {
  const share = (source: Arbitrary<string>) =>
    fc.sample(source, { seed: 1, numRuns: 50 }).filter((each) => accepts(field, each)).length / 50;
  const useful = sources.filter((source) => share(source) >= 0.2);
  if (useful.length === 0)
    throw new Error(`no source of texts fits "${field.description}": its world must supply the field`);
  return fc.oneof(...useful).filter((each) => accepts(field, each));
}

const canary = (piece: Arbitrary<string>) =>
  fc
    .tuple(fc.stringMatching(/^[0-9a-f]{20}$/), piece)
    .map(([random, odd]) => `${random.slice(0, 10)}${odd}${random.slice(10)}`);

/** fast-check does not know every construct of regular expressions. */
function matching(pattern: RegExp): Arbitrary<string>[] {
  try {
    return [fc.stringMatching(pattern)];
  } catch {
    return [];
  }
}

function keyOf(field: Field): Arbitrary<string> {
  const { keyType } = unwrap(field.schema) as unknown as { keyType: z.ZodType };
  return textOf(fieldOf(keyType));
}

export const accepts = (field: Field, value: Value): boolean => field.schema.safeParse(value).success;

function checksOf(field: Field): Check {
  const { checks = [] } = (unwrap(field.schema) as unknown as Unwrapped).def;
  return Object.assign({}, ...checks.map((each) => each._zod.def)) as Check;
}

function patternsOf(field: Field): RegExp[] {
  const { checks = [], pattern } = (unwrap(field.schema) as unknown as Unwrapped).def;
  return [pattern, ...checks.map((each) => each._zod.def.pattern)].filter((each) => each !== undefined);
}

/** The schema inside its wrappers. */
function unwrap(schema: z.ZodType): z.ZodType {
  const { innerType, in: piped } = schema.def as { innerType?: z.ZodType; in?: z.ZodType };
  const inner = innerType ?? piped;
  return inner ? unwrap(inner) : schema;
}

/**
 * `now` with everything that cannot change in place as it was in `was`. What a program begins or ceases to leave to
 * others stays behind as it was left, so both programs manage the same of that.
 */
export const keepImmutable = (field: Field, was: Properties, now: Properties): Properties =>
  eachMember(field, was, now, (child, before, after, isNew) => {
    const isLeft = isLeftToOthers(child) && (before === undefined || after === undefined);
    return (child.traits.immutable || isLeft) && !isNew ? { is: before } : undefined;
  });

/** `now` with everything that no read shows as it is in `was`. */
export const keepUnseen = (field: Field, was: Properties, now: Properties): Properties =>
  eachMember(field, was, now, (child, before) => (child.traits.writeOnly ? { is: before } : undefined));

type Decide = (
  child: Field,
  before: Value | undefined,
  after: Value | undefined,
  isNew: boolean,
) => { is: Value | undefined } | undefined;

/** `now` with what `decide` says in place of its members, at every depth of objects and maps. */
function eachMember(
  field: Field | undefined,
  was: Properties | undefined,
  now: Properties,
  decide: Decide,
): Properties {
  const keys = field?.shape.kind === "object" ? Object.keys(field.shape.fields) : Object.keys(now);
  const members = keys.map((key) => {
    const child = childOf(field, key);
    const [before, after] = [was?.[key], now[key]];
    const decided = child && decide(child, before, after, was === undefined);
    if (decided) return [key, decided.is] as const;
    if (!isProperties(after)) return [key, after] as const;
    return [key, eachMember(child, isProperties(before) ? before : undefined, after, decide)] as const;
  });
  return present(Object.fromEntries(members));
}
