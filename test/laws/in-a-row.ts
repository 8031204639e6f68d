import fc from "fast-check";
import { expect } from "vitest";
import { drawOne, share, someOf } from "./depth.ts";
import type { NamedFault } from "./faults.ts";
import { failureOf, hiddenUpdates } from "./interrupted.ts";
import { inWorld } from "./rig.ts";
import { type Rehearsed, rehearse } from "./scenes.ts";
import { sideBySide, type Task } from "./side-by-side.ts";
import type { Subject } from "./subject.ts";

/** Law 9 once more: the run that is to finish what a failed one has left fails too, at another request. */
export async function failuresInARowConverge(subject: Subject): Promise<void> {
  const updates = [subject.updates, ...someOf(hiddenUpdates(subject), 2)];
  const scenes = await Promise.all([
    ...updates.map((each) => rehearse(subject, "update", each)),
    ...Array.from({ length: 2 }, () => rehearse(subject, "create", subject.updates)),
  ]);
  const lanes = scenes
    .filter((scene) => twoOf(scene).length > 0)
    .map((scene) =>
      Array.from({ length: share(subject.homeland.isShared ? 10 : 25) }, () =>
        inARow(subject, scene, drawOne(fc.constantFrom(...twoOf(scene)))),
      ),
    );
  await sideBySide(lanes.flat());
}

type Fault = NamedFault["fault"];
type Two = readonly [first: Fault, second: Fault];

/** What ends a call at a write, before it has acted or after; then at any request. The second run may send more than the first. */
const twoOf = ({ methods }: Rehearsed): Two[] => {
  const writes = methods.flatMap((method, index) => (method === "GET" ? [] : [index + 1]));
  const firsts = writes.flatMap((nth): Fault[] => [
    { kind: "403", nth },
    { kind: "500", acted: true, nth, times: 1_000_000 },
  ]);
  const seconds = Array.from(
    { length: methods.length + 3 },
    (_, index): Fault => ({ kind: "403", nth: index + 1 }),
  );
  return firsts.flatMap((first) => seconds.map((second): Two => [first, second]));
};

const inARow = (subject: Subject, rehearsed: Rehearsed, [first, second]: Two): Task => ({
  name: `${rehearsed.name}, ${first.kind} at request ${first.nth}, then ${second.kind} at request ${second.nth}`,
  ...(subject.homeland.isShared && { lane: rehearsed }),
  run: () =>
    inWorld(subject, async (rig) => {
      const { before, act, afterwards, wanted } = rehearsed.scene;
      const under = async (fault: Fault, run: () => Promise<unknown>) => {
        rig.world.requests.length = 0;
        rig.world.faults.add(fault);
        await failureOf(run);
        rig.world.faults.clear();
      };
      await before(rig);
      await under(first, () => act(rig, { timeout: 5 }));
      await under(second, () => afterwards(rig));
      await afterwards(rig);
      if (wanted) await rig.expectConverged(wanted);
      expect(await rig.world.census(), "as many objects as without the failures").toEqual(rehearsed.census);
      await rig.destroy();
      expect(await rig.world.census(), "nothing is left over").toEqual(rig.empty);
    }),
});
