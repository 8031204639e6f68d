import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { isProperties, type Properties, type Value } from "../../provider/resource/value.ts";
import { forAll } from "./depth.ts";
import { inWorld } from "./rig.ts";
import type { Pair, Subject } from "./subject.ts";

/**
 * Law 4 between the requests of an update: what both programs name in a map is there all the while. An update that takes
 * it away and gives it again is an outage, and for good where the second request fails.
 */
export async function whatStaysIsThereAllTheWhile(subject: Subject): Promise<void> {
  // A member that is an object may have to be made anew: an S3 key that goes to another subuser.
  const maps = Object.keys(subject.fields).filter((key) => {
    const { shape } = subject.fields[key] ?? {};
    return shape?.kind === "record" && shape.element.shape.kind !== "object";
  });
  if (maps.length === 0) return;
  /** Of each map, the names that stay with another value. */
  const stays = ([was, now]: Pair) =>
    maps.map((key): [key: string, names: string[]] => {
      const [before, after] = [membersOf(was[key]), membersOf(now[key])];
      const isChanged = (name: string) => name in after && !isDeepStrictEqual(before[name], after[name]);
      return [key, Object.keys(before).filter(isChanged)];
    });
  const someStay = subject.updates.filter((pair) => stays(pair).some(([, names]) => names.length > 0));
  await forAll(20, someStay, (pair) =>
    inWorld(subject, async (rig) => {
      await rig.up(pair[0]);
      const id = rig.state()?.id ?? "";
      const hand = rig.engine({ name: "another-hand" });
      let isLooking = false;
      const missing: string[] = [];
      const look = async () => {
        if (isLooking) return;
        isLooking = true;
        const found = await hand.import(id);
        for (const [key, names] of stays(pair))
          missing.push(...names.filter((name) => !(name in membersOf(found?.inputs[key]))));
        isLooking = false;
      };
      rig.world.faults.add({ kind: "delay", delayMs: 0, nth: "every", meanwhile: look });
      await rig.up(pair[1]);
      rig.world.faults.clear();
      expect(missing).toEqual([]);
    }),
  );
}

const membersOf = (value: Value | undefined): Properties => (isProperties(value) ? value : {});
