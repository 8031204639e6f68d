import fc from "fast-check";
import { expect } from "vitest";
import { check } from "../../provider/resource/check.ts";
import { diff } from "../../provider/resource/diff.ts";
import { childOf, type Field } from "../../provider/resource/fields.ts";
import { isProperties, type Properties, unknown, type Value } from "../../provider/resource/value.ts";
import { present } from "./arbitrary.ts";
import { forAll } from "./depth.ts";
import { inWorld } from "./rig.ts";
import { canonical, type Subject } from "./subject.ts";

/** What a plan is made of: what is not known yet, what an old state lacks, what a program misspells. */

/** Each part of what is unique, while it is not known: the old object must go first, for the new one may be the same. */
export const unknownIdsGoFirst = (subject: Subject) =>
  forAll(10, subject.programs, (program) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      const held = rig.state();
      if (!held) throw new Error("nothing was made");
      for (const key of immutablesOf(subject, program))
        await rig.operation(async (calls) => {
          const news = { ...canonical(subject, program), [key]: unknown };
          const { changes, deleteBeforeReplace } = await calls.diff({ urn: rig.urn, ...held, news });
          expect(changes, `an unknown ${key} replaces`).toContainEqual(
            expect.objectContaining({ property: key, replace: true }),
          );
          if (readForIdentity(subject, program).has(key))
            expect(deleteBeforeReplace, `with an unknown ${key} the old one goes first`).toBe(true);
        });
    }),
  );

const immutablesOf = ({ fields }: Subject, program: Properties): string[] =>
  Object.keys(program).filter((key) => fields[key]?.traits.immutable && program[key] !== undefined);

/** The inputs that decide on what is unique; none where the system has a say in it, for then no two are the same. */
export function readForIdentity({ definition }: Subject, program: Properties): Set<string> {
  const read = new Set<string>();
  const watched = new Proxy(program, {
    get(target, key) {
      read.add(String(key));
      return target[String(key)];
    },
  });
  try {
    return (definition.unique ?? definition.id)(watched) ? read : new Set();
  } catch {
    return new Set();
  }
}

/** A field that an earlier release did not have, and that has a default, is no change to the states of that release. */
export const newDefaultsAreNoChange = (subject: Subject) =>
  forAll(50, subject.programs, (program) => {
    const inputs = canonical(subject, program);
    for (const [path, old] of withoutDefaults(subject.field, inputs)) {
      // Where the program says something else, there is a difference.
      const today = check(subject.definition.inputs, old).inputs;
      if (JSON.stringify(today) !== JSON.stringify(inputs)) continue;
      const states = { oldInputs: old, oldOutputs: old, newInputs: inputs };
      expect(diff({ schema: subject.definition.inputs, ...states }), `a state without ${path}`).toEqual([]);
    }
  });

/** The inputs, each time without one field that has a default, at every depth of objects. */
function withoutDefaults(field: Field, inputs: Properties): [path: string, old: Properties][] {
  return Object.entries(inputs).flatMap(([key, value]): [string, Properties][] => {
    const child = childOf(field, key);
    if (!child) return [];
    const without: [string, Properties][] =
      child.default === undefined ? [] : [[key, present({ ...inputs, [key]: undefined as never })]];
    const inside = isProperties(value) ? withoutDefaults(child, value) : [];
    return [
      ...without,
      ...inside.map(([path, old]): [string, Properties] => [`${key}.${path}`, { ...inputs, [key]: old }]),
    ];
  });
}

/** A misspelt property is refused at check with its path, also where something else is not known yet. */
export const misspeltIsRefused = (subject: Subject) =>
  forAll(30, fc.tuple(subject.programs, fc.nat(), fc.nat()), ([program, which, other]) => {
    const keys = Object.keys(program);
    const key = keys[which % keys.length] ?? "";
    const [misspelt, rest] = [`${key}x`, keys.filter((each) => each !== key)];
    const hidden = rest[other % Math.max(1, rest.length)];
    const news: Record<string, Value> = { ...program, [misspelt]: program[key] ?? "" };
    if (hidden !== undefined) news[hidden] = unknown;
    const { failures } = check(subject.definition.inputs, news);
    expect(failures.map(({ property }) => property)).toContain(misspelt);
    for (const [path, nested] of nestedMisspellings(subject.field, program)) {
      if (hidden !== undefined && path.startsWith(hidden)) continue;
      const found = check(subject.definition.inputs, { ...nested, ...(hidden && { [hidden]: unknown }) });
      expect(found.failures.map(({ property }) => property)).toContain(path);
    }
  });

/** The program with a property too many in one of its objects. */
function nestedMisspellings(field: Field, program: Properties): [path: string, Properties][] {
  return Object.entries(program).flatMap(([key, value]): [string, Properties][] =>
    childOf(field, key)?.shape.kind === "object" && isProperties(value)
      ? [[`${key}.noSuchProperty`, { ...program, [key]: { ...value, noSuchProperty: 1 } }]]
      : [],
  );
}
