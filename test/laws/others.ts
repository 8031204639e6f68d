import fc from "fast-check";
import { expect } from "vitest";
import { isLeftToOthers } from "../../provider/resource/fields.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { present } from "./arbitrary.ts";
import { forAll } from "./depth.ts";
import { inWorld, type Rig } from "./rig.ts";
import { canonical, isValid, type Subject } from "./subject.ts";

/** Laws 17 and 18: what others have set, put in or taken over stays theirs. */

/** An update, and a restoring, keep what this provider does not know, and what the program leaves to others. */
export async function updatesKeepTheRest(subject: Subject): Promise<void> {
  const { token, alwaysExists } = subject.definition;
  const shared = subject.homeland.sharing?.[token] ?? ((program: Properties) => program);
  await forAll(10, subject.walks, ([first = {}, ...rest]) =>
    inWorld(subject, async (rig) => {
      await rig.up(shared(first));
      const look = await rig.world.others.plant?.(token, rig.state()?.id ?? "");
      if (!look) return;
      const planted = await look();
      expect(planted).toBeDefined();
      for (const next of rest.slice(0, 6)) await rig.up(shared(next));
      expect(await look(), "what no program knows").toEqual(planted);
      if (!alwaysExists) return;
      await rig.destroy();
      expect(await look(), "what no program knows, when what was there before comes back").toEqual(planted);
    }),
  );
  for (const [key, field] of Object.entries(subject.fields))
    if (isLeftToOthers(field) && !field.traits.immutable && !field.traits.neededToCreate) {
      await forAll(
        4,
        theirs(subject, key),
        keepsTheirs(key, (rig, now) => rig.up(now)),
      );
      if (alwaysExists)
        await forAll(
          4,
          theirs(subject, key),
          keepsTheirs(key, (rig) => rig.destroy()),
        );
    }

  /** Two programs that leave a field to others, and what others make of it. */
  function theirs({ updates, programs }: Subject, key: string) {
    return fc
      .tuple(updates, programs)
      .map(([[was, now], other]) => {
        const without = (program: Properties) => present({ ...program, [key]: undefined as never });
        const changed = present({ ...without(was), [key]: other[key] as never });
        return { was: without(was), now: without(now), changed };
      })
      .filter((each) => Object.values(each).every((program) => isValid(subject, program)));
  }

  function keepsTheirs(key: string, then: (rig: Rig, now: Properties) => Promise<unknown>) {
    return ({ was, now, changed }: { was: Properties; now: Properties; changed: Properties }) =>
      inWorld(subject, async (rig) => {
        await rig.up(was);
        const hand = rig.engine({ name: "another-hand" });
        hand.setState(rig.state());
        await hand.up(changed);
        await then(rig, now);
        await hand.refresh();
        const wanted = canonical(subject, changed)[key];
        if (wanted !== undefined && !subject.fields[key]?.traits.writeOnly)
          expect(hand.state()?.inputs?.[key], `${key}, which the program leaves to others`).toEqual(wanted);
      });
  }
}

/** A delete spares data without `purgeData`, and an object that is somebody else's by now. */
export async function deletesSpareTheRest(subject: Subject): Promise<void> {
  const { definition, fields } = subject;
  const ofOthers = async (how: "fill" | "giveAway", end: "is refused" | "is over", program: Properties) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      const look = await rig.world.others[how]?.(definition.token, rig.state()?.id ?? "");
      if (!look) throw new Error(`the world of ${definition.token} must be able to ${how}`);
      const before = await look();
      const deleted = rig.destroy();
      if (end === "is refused") await expect(deleted).rejects.toThrow(/purgeData/);
      else await deleted;
      expect(await look(), "it is still there").toEqual(before);
    });
  if (fields.purgeData)
    await forAll(4, subject.programs, (program) =>
      ofOthers("fill", "is refused", { ...program, purgeData: false }),
    );
  // What is unique in the whole system is more than its id here, and may change hands.
  if (definition.unique && isChosen(subject))
    await forAll(4, subject.programs, (program) => ofOthers("giveAway", "is over", program));
}

/** Whether a program can name what is unique, so that anybody can. */
function isChosen({ definition, programs }: Subject): boolean {
  const names = fc.sample(programs, 50).map((program) => {
    try {
      return definition.unique?.(program);
    } catch {
      return undefined;
    }
  });
  return names.some(Boolean);
}
