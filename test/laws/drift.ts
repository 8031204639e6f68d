import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect } from "vitest";
import type { Change } from "../../provider/resource/diff.ts";
import { type Field, isLeftToOthers } from "../../provider/resource/fields.ts";
import { formatPath, type Path, parsePath } from "../../provider/resource/path.ts";
import { isProperties, type Properties, reveal, type Value } from "../../provider/resource/value.ts";
import { keepUnseen, present } from "./arbitrary.ts";
import { forAll } from "./depth.ts";
import { inWorld, type Rig } from "./rig.ts";
import { canonical, isValid, type Subject } from "./subject.ts";

/** Laws 6 and 11: somebody else changes the object, and what the provider shows of it. */

export const driftIsShownAndRepaired = async (subject: Subject) => {
  await drifting(subject, 15, (rig, program, foreign) => expectRepair(subject, rig, program, foreign));
  // Each field by itself.
  await forAll(5, subject.walks, (walk) =>
    inWorld(subject, async (rig) => {
      const hand = rig.engine({ name: "another-hand" });
      for (const [index, other] of walk.slice(1).entries()) {
        const program = walk[index] ?? {};
        const foreign = keepUnseen(subject.field, program, other);
        if (!isValid(subject, foreign)) continue;
        await rig.up(program);
        hand.setState(rig.state());
        await hand.up(foreign);
        // As one `pulumi up --refresh`, and as two commands.
        const repair = () => expectRepair(subject, rig, program, foreign);
        await (index % 2 === 0 ? repair() : rig.inOneRun(repair));
      }
    }),
  );
};

async function expectRepair(
  subject: Subject,
  rig: Rig,
  program: Properties,
  foreign: Properties,
): Promise<void> {
  const drifted = changedPaths(subject.field, plain(subject, foreign), plain(subject, program));
  expect(pathsOf(await rig.refresh())).toEqual(drifted.sort());
  expect(await rig.up(program)).toBe(drifted.length > 0 ? "update" : "same");
  await rig.expectConverged(program);
}

export const ignoredChangesAreSilent = (subject: Subject) =>
  drifting(subject, 20, async (rig, program, foreign) => {
    const before = plain(subject, program);
    const drifted = changedPaths(subject.field, plain(subject, foreign), before);
    for (const ignoreChanges of waysToIgnore(drifted, before)) {
      const held = rig.state();
      const quiet = await rig.operation(async (calls) => {
        const olds = held ?? { id: "" };
        const news = canonical(subject, foreign);
        return (await calls.diff({ urn: rig.urn, ...olds, news, ignoreChanges })).changes;
      });
      expect(quiet, `diff with ignoreChanges ${ignoreChanges}`).toEqual([]);
      expect(await rig.refresh({ ignoreChanges }), `refresh with ${ignoreChanges}`).toEqual([]);
      rig.setState(held);
    }
    for (const path of drifted) {
      const held = rig.state();
      const loud = await rig.refresh({ ignoreChanges: [path] });
      expect(pathsOf(loud), `only ${path} is ignored`).toEqual(
        drifted.filter((each) => each !== path).sort(),
      );
      rig.setState(held);
    }
    const ignoreChanges = drifted.map(topOf);
    await rig.refresh({ ignoreChanges });
    rig.world.requests.length = 0;
    expect(await rig.up(program, { ignoreChanges })).toBe("same");
    expect(rig.world.requests).toEqual([]);
  });

/** An update for another reason, with no refresh before it, leaves alone what somebody else has changed and is ignored. */
export const ignoredChangesSurviveUpdates = (subject: Subject) => {
  const { fields } = subject;
  return forAll(20, subject.updates, async ([program, random]) => {
    const other = keepUnseen(subject.field, program, random);
    const changed = changedPaths(subject.field, plain(subject, program), plain(subject, other)).map(topOf);
    const [mine, ...theirs] = [...new Set(changed)].filter((key) => !fields[key]?.traits.writeOnly);
    if (mine === undefined) return;
    const mixed = (base: Properties, from: Properties, keys: string[]) =>
      present({ ...base, ...Object.fromEntries(keys.map((key) => [key, from[key]])) });
    const next = mixed(program, other, [mine]);
    const foreign = mixed(program, other, theirs);
    const both = mixed(next, other, theirs);
    if (![next, foreign, both].every((inputs) => isValid(subject, inputs))) return;
    await inWorld(subject, async (rig) => {
      await rig.up(program);
      const hand = rig.engine({ name: "another-hand" });
      hand.setState(rig.state());
      await hand.up(foreign);
      expect(await rig.up(next, { ignoreChanges: theirs })).toBe("update");
      await rig.refresh();
      expect(await rig.up(both), "everybody has had their way").toBe("same");
    });
  });
};

/** The same paths, as programs write them: one by one, whole properties, and with a wildcard inside lists and maps. */
function waysToIgnore(paths: string[], before: Properties): string[][] {
  const wild = paths.map((path) => {
    const value = before[topOf(path)];
    return Array.isArray(value) || isProperties(value) ? `${topOf(path)}[*]` : path;
  });
  return [paths, [...new Set(paths.map(topOf))], [...new Set(wild)]];
}

const topOf = (path: string) => formatPath(parsePath(path).slice(0, 1));
const pathsOf = (changes: Change[] | "gone") =>
  changes === "gone" ? ["gone"] : changes.map(({ property }) => property).sort();

/** The object is as `program` says, then another hand changes what a read can show of it to `foreign`. */
function drifting(
  subject: Subject,
  numRuns: number,
  run: (rig: Rig, program: Properties, foreign: Properties) => Promise<void>,
) {
  return forAll(numRuns, subject.updates, ([program, other]) => {
    const foreign = keepUnseen(subject.field, program, other);
    fc.pre(isValid(subject, foreign));
    return inWorld(subject, async (rig) => {
      await rig.up(program);
      const hand = rig.engine({ name: "another-hand" });
      hand.setState(rig.state());
      await hand.up(foreign);
      await run(rig, program, foreign);
    });
  });
}

const plain = (subject: Subject, program: Properties) => reveal(canonical(subject, program)) as Properties;

/** The oracle: what differs between two canonical inputs, told without the provider's diff. */
function changedPaths(
  field: Field | undefined,
  was: Value | undefined,
  now: Value | undefined,
  path: Path = [],
): string[] {
  const shape = field?.shape;
  if (now === undefined && field && isLeftToOthers(field)) return [];
  if (isProperties(was) && isProperties(now)) {
    const keys = new Set([...Object.keys(was), ...Object.keys(now)]);
    return [...keys].flatMap((key) => {
      const child =
        shape?.kind === "object" ? shape.fields[key] : shape?.kind === "record" ? shape.element : undefined;
      return changedPaths(child, was[key], now[key], [...path, key]);
    });
  }
  if (Array.isArray(was) && Array.isArray(now) && field?.traits.unordered)
    return isDeepStrictEqual(new Set(was), new Set(now)) ? [] : [formatPath(path)];
  if (Array.isArray(was) && Array.isArray(now))
    return Array.from({ length: Math.max(was.length, now.length) }, (_, index) => index).flatMap((index) =>
      changedPaths(shape?.kind === "array" ? shape.element : undefined, was[index], now[index], [
        ...path,
        index,
      ]),
    );
  return isDeepStrictEqual(was, now) ? [] : [formatPath(path)];
}
