import { expect } from "vitest";
import { check } from "../../provider/resource/check.ts";
import { childOf, type Field, fieldsOf } from "../../provider/resource/fields.ts";
import { type Path, parsePath } from "../../provider/resource/path.ts";
import { type Properties, Secret } from "../../provider/resource/value.ts";
import { forAll } from "./depth.ts";
import { inWorld, type Rig } from "./rig.ts";
import { canonical, type Subject } from "./subject.ts";

/** Laws 1, 2, 3, 5 and 7: what a resource is while nothing goes wrong and nobody interferes. */

export const checkIsStable = async (subject: Subject) => {
  await forAll(500, subject.programs, (program) => {
    const once = canonical(subject, program);
    expect(check(subject.definition.inputs, once)).toEqual({ inputs: once, failures: [] });
  });
  await each(subject, 5, async (rig, program) => {
    await rig.up(program);
    const id = rig.state()?.id ?? "";
    const imported = await rig.import(id);
    expect(check(subject.definition.inputs, imported?.inputs ?? {}).failures).toEqual([]);
  });
};

export const readAgreesWithCreate = (subject: Subject) =>
  each(subject, 25, async (rig, program) => {
    expect(await rig.up(program)).toBe("create");
    await rig.expectConverged(program);
    expect(await rig.up(program)).toBe("same");
  });

export const updateConverges = async (subject: Subject) => {
  const converges = ([first = {}, ...rest]: Properties[]) =>
    inWorld(subject, async (rig) => {
      await rig.up(first);
      for (const next of rest) {
        expect(await rig.up(next)).not.toBe("replace");
        await rig.expectConverged(next);
      }
    });
  await forAll(20, subject.updates, converges, subject.examples);
  await forAll(5, subject.walks, converges);
};

export const importAgreesWithProgram = (subject: Subject) =>
  each(subject, 15, async (rig, program) => {
    await rig.up(program);
    const hand = rig.engine({ name: "imported" });
    const imported = await hand.import(rig.state()?.id ?? "");
    for (const [key, { traits }] of Object.entries(subject.fields))
      if (traits.serverDefault || traits.writeOnly)
        expect(imported?.inputs, "the server's own choice is not the program's").not.toHaveProperty([key]);
    const changes = await hand.operation(async (calls) => {
      const held = hand.state();
      return (
        held && (await calls.diff({ urn: hand.urn, ...held, news: canonical(subject, program) })).changes
      );
    });
    // What never comes back can only be written once more, and that must not cost the object.
    for (const { property, replace } of changes ?? []) {
      expect(isUnseen(subject.field, parsePath(property)), property).toBe(true);
      expect(replace, `${property} replaces what was imported`).toBe(false);
    }
  });

function isUnseen(field: Field | undefined, [key, ...rest]: Path): boolean {
  if (field?.traits.writeOnly) return true;
  return key !== undefined && isUnseen(childOf(field, key), rest);
}

export const goneIsGone = (subject: Subject) =>
  subject.definition.alwaysExists ? deletedIsRestored(subject) : deletedIsGone(subject);

const deletedIsGone = (subject: Subject) =>
  each(subject, 10, async (rig, program) => {
    await rig.up(program);
    const held = rig.state();
    await rig.destroy();
    expect(await rig.world.census()).toEqual(rig.empty);
    await rig.operation(async (calls) => {
      expect(await calls.read({ urn: rig.urn, id: "", ...held })).toBeUndefined();
      await calls.delete({ urn: rig.urn, id: "", ...held });
    });
    // A refresh notices what others delete, and the next run makes it again.
    rig.setState(held);
    expect(await rig.refresh()).toBe("gone");
    expect(await rig.up(program)).toBe("create");
    await rig.expectConverged(program);
  });

/** What always exists is never gone: a delete puts back what was there, or keeps what is, as the program says. */
const deletedIsRestored = async (subject: Subject) => {
  await each(subject, 10, async (rig, program) => {
    await rig.up({ ...program, onDelete: "restore" });
    const held = rig.state();
    await rig.destroy();
    expect(await rig.world.census()).toEqual(rig.empty);
    await rig.operation(async (calls) => {
      expect(await calls.read({ urn: rig.urn, id: "", ...held })).toMatchObject({ id: held?.id });
      await calls.delete({ urn: rig.urn, id: "", ...held });
    });
    expect(await rig.world.census(), "deleting it again changes nothing").toEqual(rig.empty);
    expect(await rig.up(program)).toBe("create");
    await rig.expectConverged(program);
  });
  await each(subject, 10, async (rig, program) => {
    await rig.up({ ...program, onDelete: "keep" });
    const kept = await rig.world.census();
    await rig.destroy();
    expect(await rig.world.census()).toEqual(kept);
  });
};

export const previewsOnlyPlan = async (subject: Subject) => {
  await forAll(10, subject.updates, ([was, now]) =>
    inWorld(subject, async (rig) => {
      const planned = await rig.preview(was);
      expect(planned).toMatchObject(canonical(subject, was));
      expect(Object.keys(planned)).toEqual(
        expect.arrayContaining(Object.keys(subject.definition.outputs.shape)),
      );
      for (const [key, { traits }] of Object.entries(fieldsOf(subject.definition.outputs)))
        if (traits.secret)
          expect(planned[key], `${key} is a secret before it is known`).toBeInstanceOf(Secret);
      expect(sentIn(rig), "a create is planned without the server").toEqual([]);
      await rig.up(was);
      rig.world.requests.length = 0;
      expect(await rig.preview(now)).toMatchObject(canonical(subject, now));
      expect(sentIn(rig), "so is an update").toEqual([]);
    }),
  );

  /** Where a system may be too old, a plan asks it. */
  function sentIn({ world }: Rig) {
    return world.requests.filter(({ method }) => method !== "GET" || !subject.definition.unsupported);
  }
};

const each = (subject: Subject, deep: number, run: (rig: Rig, program: Properties) => Promise<void>) =>
  forAll(deep, subject.programs, (program) => inWorld(subject, (rig) => run(rig, program)));
