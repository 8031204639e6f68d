import fc from "fast-check";
import { expect } from "vitest";
import type { Field } from "../../provider/resource/fields.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { forAll } from "./depth.ts";
import { inWorld } from "./rig.ts";
import { canonical, type Subject } from "./subject.ts";

/** Laws 2 and 3: what can be written in several ways, and is one thing. */

/** An object has one id: under another spelling of it nothing is imported. */
export const idHasOneSpelling = (subject: Subject) =>
  forAll(5, subject.programs, (program) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      const id = rig.state()?.id ?? "";
      for (const spelling of otherSpellings(id)) {
        const hand = rig.engine({ name: "imported" });
        const found = await hand.import(spelling).catch(() => undefined);
        expect(found, `${spelling} for ${id}`).toBeUndefined();
      }
    }),
  );

/** The same when it is percent-decoded: the first letter of each part, and all of them, as `%61`. */
function otherSpellings(id: string): string[] {
  const encoded = (text: string) =>
    text.replace(/[A-Za-z0-9]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  const parts = id.split("/");
  const each = parts.map((part, index) => parts.with(index, encoded(part)).join("/"));
  return [...new Set([...each, parts.map(encoded).join("/")])].filter((spelling) => spelling !== id);
}

/** A list without an order is the same in every order, for the state as for the plan. */
export async function orderOfSetsIsNoDrift(subject: Subject): Promise<void> {
  const reversed = (program: Properties) => reversedIn(subject.fields, program);
  const isLong = (program: Properties) =>
    JSON.stringify(canonical(subject, reversed(program))) !== JSON.stringify(canonical(subject, program));
  if (!fc.sample(subject.programs, 50).some(isLong)) return;
  await forAll(5, subject.programs.filter(isLong), (program) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      await rig.refresh();
      const before = rig.state();
      if (!before) throw new Error("nothing was made");
      await rig.operation((calls) =>
        calls.update({ urn: rig.urn, ...before, news: canonical(subject, reversed(program)) }),
      );
      expect(await rig.refresh()).toEqual([]);
      expect(rig.state()?.inputs, "the program's order").toEqual(before.inputs);
    }),
  );
}

const reversedIn = (fields: Record<string, Field>, program: Properties): Properties =>
  Object.fromEntries(
    Object.entries(program).map(([key, value]) => [
      key,
      fields[key]?.traits.unordered && Array.isArray(value) ? value.toReversed() : value,
    ]),
  );
