import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { canonical } from "./check.ts";
import { type Field, fieldOf, isLeftToOthers } from "./fields.ts";
import { formatPath, type Path, parsePath } from "./path.ts";
import {
  containsUnknown,
  isProperties,
  mapProperties,
  type Properties,
  reveal,
  Unknown,
  type Value,
} from "./value.ts";

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
  const news = putBack(ignoreChanges, reveal(newInputs), olds);
  const changes: Change[] = [];
  compare(field, adoptChoices(field, olds, oldOutputs, news), news, [], false, changes);
  return changes;
}

/** Old inputs in today's canonical form, so that a new default or spelling is no update. Invalid ones stay as they are. */
function canonicalOr(schema: z.ZodObject, oldInputs: Properties): Value {
  const plain = reveal(oldInputs) as Properties;
  const { inputs, failures } = canonical(schema, plain);
  return failures.length === 0 ? inputs : plain;
}

/** What the program begins to set after leaving it to others is compared with what they chose until now. */
function adoptChoices(field: Field, olds: Value, outputs: Properties, news: Value): Value {
  if (field.shape.kind !== "object" || !isProperties(olds) || !isProperties(news)) return olds;
  const chosen = Object.entries(field.shape.fields)
    .filter(([key, each]) => isLeftToOthers(each) && !(key in olds) && key in news && key in outputs)
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
  // A write-only value that the state does not know, after an import, may well be the same: it costs no replacement.
  const unseen = traits.writeOnly === true && old === undefined;
  const replace = immutable || (traits.immutable === true && !unseen);
  if (same(old, now, traits.unordered === true)) return;
  if (now === undefined && field && isLeftToOthers(field)) return;
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
    return sameSet(old, now);
  return isDeepStrictEqual(old, now);
}

export const sameSet = (one: Value[], other: Value[]): boolean =>
  isDeepStrictEqual(sorted(one), sorted(other));
const sorted = (list: Value[]) =>
  list
    .filter((each) => each !== hole)
    .map((each) => JSON.stringify(each))
    .sort();

/** `now` with everything at the paths put back to what `old` has there. */
export const ignoring = (paths: readonly string[], now: Value, old: Value): Value =>
  paths.length === 0 ? now : withoutHoles(putBack(paths, now, old));

/** What stands where a list has nothing: an ignored element moves no other one to another index. */
const hole = undefined as unknown as Value;

const putBack = (paths: readonly string[], now: Value, old: Value): Value =>
  paths.reduce<Value>((at, path) => keep(at, old, parsePath(path)) ?? {}, now);

function withoutHoles(value: Value): Value {
  if (Array.isArray(value)) return value.filter((each) => each !== hole).map(withoutHoles);
  return isProperties(value) ? mapProperties(value, withoutHoles) : value;
}

function keep(now: Value | undefined, old: Value | undefined, [key, ...rest]: Path): Value | undefined {
  if (key === undefined) return old;
  let kept = now;
  if (isListOrAbsent(now) && isListOrAbsent(old)) kept = keepElements(now ?? [], old ?? [], key, rest);
  else if (isObjectOrAbsent(now) && isObjectOrAbsent(old))
    kept = keepMembers(now ?? {}, old ?? {}, key, rest);
  // All that the program has there is ignored, so it is no addition either.
  return old === undefined && isEmpty(kept) ? undefined : kept;
}

function keepElements(now: Value[], old: Value[], key: string | number, rest: Path): Value[] {
  if (key === "*")
    return rest.length === 0 ? old : now.map((each, index) => keep(each, old[index], rest) as Value);
  if (typeof key !== "number" || key >= Math.max(now.length, old.length)) return now;
  const kept = Array.from({ length: Math.max(now.length, key + 1) }, (_, index) => now[index] as Value);
  kept[key] = keep(now[key], old[key], rest) as Value;
  return kept;
}

function keepMembers(now: Properties, old: Properties, key: string | number, rest: Path): Properties {
  const keys = key === "*" ? new Set([...Object.keys(now), ...Object.keys(old)]) : [String(key)];
  const members = new Map<string, Value | undefined>(Object.entries(now));
  for (const each of keys) members.set(each, keep(now[each], old[each], rest));
  return Object.fromEntries([...members].filter(([, each]) => each !== undefined)) as Properties;
}

const isListOrAbsent = (value: Value | undefined): value is Value[] | undefined =>
  value === undefined || Array.isArray(value);
const isObjectOrAbsent = (value: Value | undefined): value is Properties | undefined =>
  value === undefined || isProperties(value);
const isEmpty = (value: Value | undefined) =>
  (Array.isArray(value) || isProperties(value)) && Object.values(value).every((each) => each === hole);
