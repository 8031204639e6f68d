import type { Failure } from "./check.ts";
import { childOf, type Field } from "./fields.ts";
import { type Path, parsePath } from "./path.ts";
import { suggest } from "./suggest.ts";
import { containsSecret, isProperties, type Properties, Secret, type Value } from "./value.ts";

/**
 * Pulumi's engine prints the value that the program has under a failure's property, secret or not. What must not be
 * seen is named in the reason instead, and so is what looks like a secret under a misspelt name.
 */
export function hideSecrets(
  fields: Readonly<Record<string, Field>>,
  news: Properties,
  failures: readonly Failure[],
): Failure[] {
  return failures.map((failure) => {
    const { property, reason } = failure;
    const [key, ...rest] = parsePath(property);
    if (key === undefined) return failure;
    const field = fields[key] ?? fields[suggest(String(key), Object.keys(fields)) ?? ""];
    return isConfidential(field, news[key], rest)
      ? { property: "", reason: `${property}: ${reason}` }
      : failure;
  });
}

/** Whether a secret is met on the way to a place or anywhere below it, by the definition's word or the program's. */
function isConfidential(field: Field | undefined, value: Value | undefined, [key, ...rest]: Path): boolean {
  if (value === undefined) return false;
  if (field?.traits.secret || value instanceof Secret) return true;
  if (key === undefined) return holdsSecret(field) || containsSecret(value);
  const below = isProperties(value) || Array.isArray(value) ? (value as Properties)[key] : undefined;
  return isConfidential(childOf(field, key), below, rest);
}

function holdsSecret(field: Field | undefined): boolean {
  const { shape } = field ?? {};
  if (shape?.kind === "object")
    return Object.values(shape.fields).some((each) => each.traits.secret || holdsSecret(each));
  if (shape?.kind !== "array" && shape?.kind !== "record") return false;
  return shape.element.traits.secret === true || holdsSecret(shape.element);
}
