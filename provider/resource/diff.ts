import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { check } from "./check.ts";
import { type Field, fieldOf } from "./fields.ts";
import { formatPath, type Path, parsePath } from "./path.ts";
import { containsUnknown, isProperties, type Properties, reveal, Unknown, type Value } from "./value.ts";

export type ChangeKind = "add" | "delete" | "update";

export interface Change {
  /** The property path, in Pulumi's notation. */
  property: string;
  kind: ChangeKind;
  replace: boolean;
}

export interface DiffInput {
  schema: z.ZodObject;
  oldInputs: Properties;
  oldOutputs: Properties;
  newInputs: Properties;
  ignoreChanges?: readonly string[];
}

/** Every managed path that differs between two sets of inputs, by the definition's marks. */
export function diff({ schema, oldInputs, oldOutputs, newInputs, ignoreChanges = [] }: DiffInput): Change[] {
  const field = fieldOf(schema);
  const olds = canonicalOr(schema, oldInputs);
  const news = ignoreChanges.reduce((at, path) => keep(at, olds, parsePath(path)), reveal(newInputs));
  const changes: Change[] = [];
  compare(field, adoptServerDefaults(field, olds, oldOutputs, news), news, [], false, changes);
  return changes;
}

/** Old inputs in today's canonical form, so that a new default or spelling is no update. Invalid ones stay as they are. */
function canonicalOr(schema: z.ZodObject, oldInputs: Properties): Value {
  const { inputs, failures } = check(schema, oldInputs);
  return reveal(failures.length === 0 ? inputs : oldInputs);
}

/** A `serverDefault` field that the program begins to set is compared with what the server chose until now. */
function adoptServerDefaults(field: Field, olds: Value, outputs: Properties, news: Value): Value {
  if (field.shape.kind !== "object" || !isProperties(olds) || !isProperties(news)) return olds;
  const chosen = Object.entries(field.shape.fields)
    .filter(([key, each]) => each.traits.serverDefault && !(key in olds) && key in news && key in outputs)
    .map(([key]) => [key, reveal(outputs[key] ?? null)]);
  return { ...olds, ...Object.fromEntries(chosen) };
}

function compare(
  field: Field | undefined,
  old: Value | undefined,
  now: Value | undefined,
  path: Path,
  immutable: boolean,
  changes: Change[],
): void {
  const traits = field?.traits ?? {};
  const replace = immutable || traits.immutable === true;
  if (same(old, now, traits.unordered === true)) return;
  if (now === undefined && traits.serverDefault) return;
  const shape = field?.shape;
  if (isProperties(old as Value) && isProperties(now as Value)) {
    const [before, after] = [old as Properties, now as Properties];
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const child =
        shape?.kind === "object" ? shape.fields[key] : shape?.kind === "record" ? shape.element : undefined;
      compare(child, before[key], after[key], [...path, key], replace, changes);
    }
  } else if (Array.isArray(old) && Array.isArray(now) && !traits.unordered) {
    const element = shape?.kind === "array" ? shape.element : undefined;
    for (let index = 0; index < Math.max(old.length, now.length); index++)
      compare(element, old[index], now[index], [...path, index], replace, changes);
  } else {
    const kind = old === undefined ? "add" : now === undefined ? "delete" : "update";
    changes.push({ property: formatPath(path), kind, replace });
  }
}

function same(old: Value | undefined, now: Value | undefined, unordered: boolean): boolean {
  if (now instanceof Unknown || old instanceof Unknown) return false;
  if (unordered && Array.isArray(old) && Array.isArray(now) && !containsUnknown(now))
    return isDeepStrictEqual(sorted(old), sorted(now));
  return isDeepStrictEqual(old, now);
}

const sorted = (list: Value[]) => list.map((each) => JSON.stringify(each)).sort();

/** `news` with everything at a path put back to what `olds` has there. */
function keep(news: Value, olds: Value, path: Path): Value {
  const [key, ...rest] = path;
  if (key === undefined) return olds;
  const [before, after] = [olds, news];
  if (key === "*" && (isProperties(after) || Array.isArray(after))) {
    const keys = new Set([
      ...Object.keys(after),
      ...Object.keys(isProperties(before) || Array.isArray(before) ? before : {}),
    ]);
    return [...keys].reduce(
      (at, each) => keep(at, olds, [Array.isArray(after) ? Number(each) : each, ...rest]),
      news,
    );
  }
  if (isProperties(after) && isProperties(before)) return assign(after, before, String(key), rest);
  if (Array.isArray(after) && Array.isArray(before) && typeof key === "number") {
    const copy = [...after];
    const kept = before[key];
    if (kept === undefined) copy.splice(key, 1);
    else copy[key] = rest.length === 0 ? kept : keep(copy[key] ?? null, kept, rest);
    return copy;
  }
  return news;
}

function assign(after: Properties, before: Properties, key: string, rest: Path): Properties {
  const { [key]: mine, ...others } = after;
  const kept = before[key];
  if (rest.length > 0 && mine !== undefined) return { ...after, [key]: keep(mine, kept ?? null, rest) };
  return kept === undefined ? others : { ...others, [key]: kept };
}
