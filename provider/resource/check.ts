import type { z } from "zod";
import { childOf, type Field, fieldOf } from "./fields.ts";
import { formatPath, type Path } from "./path.ts";
import { reasonOf } from "./reason.ts";
import { suggest } from "./suggest.ts";
import {
  containsUnknown,
  isProperties,
  mapProperties,
  type Properties,
  put,
  reveal,
  Secret,
  Unknown,
  type Value,
  withoutUndefined,
} from "./value.ts";

export interface Failure {
  /** The property path, or "" for the whole. */
  property: string;
  reason: string;
}

export interface Checked {
  inputs: Properties;
  failures: Failure[];
}

/**
 * The canonical form of a program's inputs: validated, defaults filled in, secrets wrapped.
 * Unknowns pass wherever they stand; a rule that looks at several fields waits until all are known.
 */
export function check(schema: z.ZodObject, news: Properties): Checked {
  const { inputs, failures } = canonical(schema, reveal(news) as Properties);
  return { inputs: wrapSecrets(fieldOf(schema), inputs, news) as Properties, failures };
}

/** The same of values in plain, and in plain. */
export function canonical(schema: z.ZodObject, plain: Properties): Checked {
  const failures: Failure[] = [];
  const inputs = canonicalize(fieldOf(schema), withoutNulls(plain), [], failures) as Value;
  return { inputs: isProperties(inputs) ? inputs : {}, failures };
}

/** Pulumi's programs say null for "not set". */
function withoutNulls(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isProperties(value)) return value;
  const given: Properties = {};
  for (const key of Object.keys(value)) {
    const each = value[key];
    if (each != null) put(given, key, withoutNulls(each));
  }
  return given;
}

function canonicalize(
  field: Field,
  value: Value | undefined,
  path: Path,
  failures: Failure[],
): Value | undefined {
  if (value instanceof Unknown) return value;
  if (value === undefined || !containsUnknown(value)) return validate(field, value, path, failures);
  const { shape } = field;
  const below = (element: Field, each: Value | undefined, key: string | number) =>
    canonicalize(element, each, [...path, key], failures) ?? null;
  if (Array.isArray(value) && shape.kind === "array")
    return value.map((each, index) => below(shape.element, each, index));
  if (isProperties(value) && shape.kind === "record")
    return mapProperties(value, (each, key) => below(shape.element, each, key));
  if (isProperties(value) && shape.kind === "object") {
    for (const key of Object.keys(value))
      if (!Object.hasOwn(shape.fields, key))
        failures.push(unrecognized(key, Object.keys(shape.fields), path));
    const keys = Object.entries(shape.fields);
    return withoutNulls(Object.fromEntries(keys.map(([key, each]) => [key, below(each, value[key], key)])));
  }
  return validate(field, value, path, failures);
}

function validate(
  field: Field,
  value: Value | undefined,
  path: Path,
  failures: Failure[],
): Value | undefined {
  const result = field.schema.safeParse(value, { error: reasonOf });
  if (result.success) return result.data === undefined ? undefined : withoutUndefined(result.data);
  for (const issue of result.error.issues) {
    const at = [...path, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
    if (issue.code === "unrecognized_keys") {
      const fields = fieldAt(field, issue.path);
      for (const key of issue.keys) failures.push(unrecognized(key, fields, at));
    } else failures.push({ property: formatPath(at), reason: issue.message });
  }
  return value;
}

export function unrecognized(key: string, allowed: readonly string[], path: Path): Failure {
  const near = suggest(key, allowed);
  const hint = near ? `did you mean "${near}"?` : `allowed are ${allowed.join(", ")}`;
  return { property: formatPath([...path, key]), reason: `there is no such property; ${hint}` };
}

function fieldAt(field: Field, path: readonly PropertyKey[]): string[] {
  const target = path.reduce<Field | undefined>((at, key) => childOf(at, String(key)), field);
  return target?.shape.kind === "object" ? Object.keys(target.shape.fields) : [];
}

/** Wraps every field the definition calls secret, and whatever was secret in `like` (the program's own choice). */
export function wrapSecrets(field: Field | undefined, value: Value, like: Value | undefined): Value {
  if (value instanceof Secret) return value;
  const bare = like instanceof Secret ? like.value : like;
  const shape = field?.shape;
  let wrapped = value;
  if (Array.isArray(value))
    wrapped = value.map((each, index) =>
      wrapSecrets(childOf(field, index), each, Array.isArray(bare) ? bare[index] : undefined),
    );
  else if (isProperties(value))
    wrapped = mapProperties(value, (each, key) => {
      const child =
        shape?.kind === "object" ? shape.fields[key] : shape?.kind === "record" ? shape.element : undefined;
      return wrapSecrets(child, each, isProperties(bare as Value) ? (bare as Properties)[key] : undefined);
    });
  return field?.traits.secret || like instanceof Secret ? new Secret(wrapped) : wrapped;
}
