import fc from "fast-check";
import { expect } from "vitest";
import type { Properties } from "../../provider/resource/value.ts";
import { forAll } from "./depth.ts";
import type { Engine } from "./engine.ts";
import { inWorld } from "./rig.ts";
import { canonical, isValid, type Subject } from "./subject.ts";

/** Whose object it is, and in which system. */

export const anotherSystemIsNoDeletion = (subject: Subject) =>
  forAll(3, subject.programs, (program) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      const held = rig.state();
      await inWorld(
        subject,
        async (elsewhere) => {
          elsewhere.setState(held);
          await expect(elsewhere.refresh()).rejects.toThrow(/another system/);
          await expect(elsewhere.destroy()).rejects.toThrow(/another system/);
          const update = elsewhere.operation((calls) =>
            calls.update({ urn: rig.urn, id: "", ...held, news: canonical(subject, program) }),
          );
          await expect(update).rejects.toThrow(/another system/);
          expect(elsewhere.state(), "nothing is forgotten").toEqual({ ...held });
        },
        { identity: "999999999999" },
      );
    }),
  );

export function whatExistsIsNotTakenSilently(subject: Subject) {
  if (subject.definition.alwaysExists) return whatWasThereComesBack(subject);
  const programs = fc.sample(subject.programs, 50);
  const isNamed = programs.some((program) => idFrom(subject, program) !== undefined);
  return isNamed ? nothingIsTakenSilently(subject) : equalOnesAreTwo(subject);
}

const adopting = { env: { TENANTRY_ADOPT: "1" } };

/** What always exists is taken over with a record of what was there, unless somebody seems to claim it. */
const whatWasThereComesBack = (subject: Subject) =>
  forAll(10, subject.updates, ([theirs, program]) =>
    inWorld(subject, async (rig) => {
      const hand = rig.engine({ name: "another-hand" });
      await hand.up(theirs);
      const before = await rig.world.census();
      const error = await rig.up({ ...program, onDelete: "restore" }).then(
        () => undefined,
        (reason: Error) => reason.message,
      );
      if (error !== undefined) {
        expect(error).toContain(`pulumi import ${subject.definition.token} law '${hand.state()?.id}'`);
        expect(await rig.world.census(), "what is contested stays as it is").toEqual(before);
      }
      const taking = rig.engine(adopting);
      taking.setState(rig.state());
      await taking.up({ ...program, onDelete: "restore" });
      rig.setState(taking.state());
      await rig.expectConverged({ ...program, onDelete: "restore" });
      await rig.destroy();
      expect(await rig.world.census()).toEqual(before);
    }),
  );

const nothingIsTakenSilently = (subject: Subject) =>
  forAll(10, subject.updates, async ([program, changed]) => {
    // What no read shows and the program does not mention is left as it was found, whatever that is.
    const other = { ...changed, ...unseenOf(subject, program, changed) };
    fc.pre(idFrom(subject, program) !== undefined && isValid(subject, other));
    const updated = await inWorld(subject, async (rig) => {
      await rig.up(program);
      await rig.up(other);
      return rig.world.census();
    });
    await inWorld(subject, async (rig) => {
      await rig.up(program);
      const id = rig.state()?.id ?? "";

      const blunt = rig.engine({ name: "second" });
      await expect(blunt.up(other)).rejects.toThrow(
        `pulumi import ${subject.definition.token} second '${id}'`,
      );
      expect(blunt.state(), "it is not in the state").toBeUndefined();

      const second = rig.engine({ name: "second", ...adopting });
      await adopt(second, other, id);
      expect(await rig.world.census(), "as if it had been its own from the start").toEqual(updated);
      rig.setState(second.state());
      await rig.expectConverged(other);
      await second.destroy();
      expect(await rig.world.census()).toEqual(rig.empty);
    });
  });

/** Of what the server names, equal ones stand side by side: none is taken for another, unless the user says so. */
const equalOnesAreTwo = (subject: Subject) =>
  forAll(10, subject.programs, (program) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      const census = await rig.world.census();
      const second = rig.engine({ name: "second" });
      await second.up(program);
      expect(second.state()?.id).not.toBe(rig.state()?.id);
      expect(await rig.world.census()).not.toEqual(census);
      await second.destroy();
      expect(await rig.world.census(), "each deletes its own").toEqual(census);
      await rig.expectConverged(program);

      const third = rig.engine({ name: "third", ...adopting });
      await adopt(third, program, rig.state()?.id ?? "");
      expect(await rig.world.census(), "it is neither doubled nor deleted").toEqual(census);
      await third.destroy();
      expect(await rig.world.census()).toEqual(rig.empty);
    }),
  );

async function adopt(engine: Engine, program: Properties, id: string): Promise<void> {
  const { urn } = engine;
  await engine.operation(async (calls) => {
    const { inputs: news } = await calls.check({ urn, news: program });
    const made = await calls.create({ urn, news });
    expect(made.id).toBe(id);
    // A create-before-delete, or a pending delete, of the very object that was adopted.
    await calls.delete({ urn, ...made, inputs: news });
    engine.setState({ ...made, inputs: news });
  });
}

/** After a crash the object is there and the state does not know it. */
export const crashLeavesNoTwin = (subject: Subject) =>
  forAll(10, subject.programs, (program) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      const census = await rig.world.census();
      rig.setState(undefined);
      const again = rig.engine(adopting);
      await again.up(program);
      expect(await rig.world.census()).toEqual(census);
      rig.setState(again.state());
      await rig.expectConverged(program);
      await rig.destroy();
      // Of what always exists, nobody knows any more what was there before.
      expect(await rig.world.census()).toEqual(subject.definition.alwaysExists ? census : rig.empty);
    }),
  );

export const replacementLeavesOne = (subject: Subject) =>
  forAll(10, fc.tuple(subject.programs, subject.programs), ([was, now]) =>
    inWorld(subject, async (rig) => {
      await rig.up(was);
      const step = await rig.up(now);
      await rig.expectConverged(now);
      expect(["replace", "update", "same"]).toContain(step);
      // An update may leave to others what it managed until then: law 4 is about those.
      if (step !== "replace") return;
      const census = await rig.world.census();
      await rig.destroy();
      expect(await rig.world.census()).toEqual(rig.empty);
      await rig.up(now);
      expect(census, "as if it had been made at once").toEqual(await rig.world.census());
    }),
  );

/** What no read shows of a program, and another one does not mention: an empty text may be as good as none. */
function unseenOf(subject: Subject, program: Properties, other: Properties): Properties {
  const mentioned = canonical(subject, other);
  const isUnseen = (key: string) => subject.fields[key]?.traits.writeOnly && mentioned[key] === undefined;
  return Object.fromEntries(Object.entries(program).filter(([key]) => isUnseen(key)));
}

function idFrom({ definition }: Subject, program: Properties): string | undefined {
  try {
    return definition.id(program);
  } catch {
    return undefined;
  }
}
