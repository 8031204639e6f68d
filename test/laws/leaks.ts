import { inspect } from "node:util";
import type { Field } from "../../provider/resource/fields.ts";
import { isProperties, type Properties, Secret, type Value } from "../../provider/resource/value.ts";

/** Shorter ones stand in half of all words. */
const shortest = 8;

/** The secrets that stand in any of the texts, as they are or encoded. */
export function leaksIn(texts: readonly string[], secrets: readonly string[]): string[] {
  const all = texts.join("\n");
  const forms = new Set(secrets.filter(({ length }) => length >= shortest).flatMap(formsOf));
  return [...forms].flatMap((form) => {
    const at = all.indexOf(form);
    return at < 0 ? [] : [`${form} in … ${all.slice(Math.max(0, at - 200), at + form.length + 50)}`];
  });
}

const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
];

/** A value as those see it who may not see secrets. */
export function plainOf(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (each instanceof Secret ? "[secret]" : each)) ?? "";
}

/** All that anyone could print of an error. */
export function textOfError(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return [String(error), inspect(error, { depth: 20 }), cause ? textOfError(cause) : ""].join("\n");
}

/** The values of the fields that a definition calls secret. */
export function secretsIn(field: Field, value: Value | undefined): string[] {
  if (field.traits.secret) return typeof value === "string" ? [value] : [];
  const { shape } = field;
  if (shape.kind === "object" && isProperties(value))
    return Object.entries(shape.fields).flatMap(([key, child]) =>
      secretsIn(child, (value as Properties)[key]),
    );
  if (shape.kind === "array" && Array.isArray(value))
    return value.flatMap((each) => secretsIn(shape.element, each));
  if (shape.kind === "record" && isProperties(value))
    return Object.values(value).flatMap((each) => secretsIn(shape.element, each));
  return [];
}
