import fc, { type Arbitrary } from "fast-check";
import { check } from "../../provider/resource/check.ts";
import type { Resource } from "../../provider/resource/definition.ts";
import { type Field, fieldOf, fieldsOf } from "../../provider/resource/fields.ts";
import type { Lifecycle } from "../../provider/resource/requests.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { homelandOf } from "../worlds/index.ts";
import type { Homeland, Pair } from "../worlds/world.ts";
import { keepImmutable, present, propertiesOf } from "./arbitrary.ts";
import type { Calls } from "./engine.ts";

export type { Pair };

/** A resource under the laws. */
export interface Subject {
  definition: Resource;
  homeland: Homeland;
  /** The way by which its calls reach it; without one, directly. */
  by?: (calls: Lifecycle) => Calls;
  field: Field;
  fields: Record<string, Field>;
  /** Programs' inputs that the definition accepts. */
  programs: Arbitrary<Properties>;
  /** Two programs of which the second updates the first in place, in one field or in many. */
  updates: Arbitrary<Pair>;
  /** Two that differ in one field alone. */
  updatesOf(key: string): Arbitrary<Pair>;
  /** A program, and others that differ from the one before in one field alone: every field has its turn. */
  walks: Arbitrary<Properties[]>;
  /** Updates that showed a fault once. */
  examples: readonly Pair[];
}

export function subjectOf(
  definition: Resource,
  homeland: Homeland = homelandOf(definition.connect.name),
): Subject {
  const field = fieldOf(definition.inputs);
  const fields = fieldsOf(definition.inputs);
  const mend = homeland.inputs[definition.token] ?? ((random) => random);
  const valid = (inputs: Properties) => isValid({ definition }, inputs);
  const programs = mend(propertiesOf(definition.inputs)).map(restoring).filter(valid);
  const pairs = fc
    .tuple(programs, programs)
    .map(([was, now]): Pair => [was, keepImmutable(field, was, now)])
    .filter(([, now]) => valid(now));
  const mutable = Object.keys(fields).filter((key) => !fields[key]?.traits.immutable);
  const updatesOf = (key: string) =>
    pairs
      .map(([was, now]): Pair => [was, keepImmutable(field, was, present({ ...was, [key]: now[key] }))])
      .filter(([, now]) => valid(now));
  const updates = fc.oneof(
    pairs,
    ...(mutable.length > 0 ? [fc.constantFrom(...mutable).chain(updatesOf)] : []),
  );
  const examples = homeland.examples?.[definition.token] ?? [];
  const walks = fc.tuple(pairs, programs).map(([[was, now], again]) => {
    const walk = [was];
    for (const target of [now, again])
      for (const key of mutable) {
        const last = walk.at(-1) ?? was;
        const next = keepImmutable(field, last, present({ ...last, [key]: target[key] }));
        if (valid(next) && differ({ definition }, [last, next])) walk.push(next);
      }
    return walk;
  });
  return { definition, homeland, field, fields, programs, updates, updatesOf, walks, examples };
}

/** What is to be left behind when all is deleted, the laws must know: elsewhere they look at the other ways. */
const restoring = (program: Properties): Properties =>
  program.onDelete === undefined ? program : { ...program, onDelete: "restore" };

/** Inputs that are put together from two programs may break a rule on how they go together. */
export const isValid = ({ definition }: Pick<Subject, "definition">, inputs: Properties): boolean =>
  check(definition.inputs, inputs).failures.length === 0;

/** Whether an update has anything to do. */
export const differ = (subject: Pick<Subject, "definition">, [was, now]: Pair): boolean =>
  JSON.stringify(canonical(subject, was)) !== JSON.stringify(canonical(subject, now));

/** What the definition makes of a program. */
export const canonical = ({ definition }: Pick<Subject, "definition">, program: Properties): Properties =>
  check(definition.inputs, program).inputs;
