import fc from "fast-check";
import { expect } from "vitest";
import { PartialFailure } from "../../provider/resource/errors.ts";
import type { Properties, Value } from "../../provider/resource/value.ts";
import { present } from "./arbitrary.ts";
import { forAll, someOf } from "./depth.ts";
import { type NamedFault, single } from "./faults.ts";
import { failureOf } from "./interrupted.ts";
import { readForIdentity } from "./plans.ts";
import { inWorld, type Rig } from "./rig.ts";
import { differ, isValid, type Pair, type Subject } from "./subject.ts";

/** Somebody else makes the object while a create of ours is under way, or had made it before. */

/**
 * The answer of the first write of a create is lost, and the server has not acted; at that moment somebody else makes an
 * object of the same name. It is theirs, and stays as they made it.
 */
export async function anothersIsNotTaken(subject: Subject): Promise<void> {
  const { token, alwaysExists } = subject.definition;
  if (alwaysExists || subject.homeland.writtenOver?.includes(token)) return;
  const lost = single.filter(({ acted, fault: { kind } }) => !acted && doubtful.includes(kind));
  for (const { name, fault } of someOf(lost, 2))
    await forAll(3, rivalsOf(subject), ([mine, theirs]) =>
      inWorld(subject, async (rig) => {
        const nth = await firstWrite(subject, mine);
        const hand = rig.engine({ name: "another-hand" });
        await rig.world.prepare?.(token, mine);
        rig.world.requests.length = 0;
        rig.world.faults.add({ ...fault, nth, meanwhile: () => hand.up(theirs) });
        const error = await failureOf(() => rig.up(mine));
        rig.world.faults.clear();
        const made = rig.state();
        if (error === undefined) expect(made?.id, "it is an object of its own").not.toBe(hand.state()?.id);
        else if (made?.id === hand.state()?.id)
          // Nobody could find out whose it is: then it must not count as finished.
          expect(error, `${name}: it is taken for ours`).toBeInstanceOf(PartialFailure);
        expect(await hand.refresh(), `${name}: it is as they made it`).toEqual([]);
      }),
    );
}

const doubtful: NamedFault["fault"]["kind"][] = ["reset-before", "timeout-before", "500", "502"];

/** Two programs for one object, and nothing else alike. Where the system names it, they are for two. */
const rivalsOf = (subject: Subject) =>
  fc
    .tuple(subject.programs, subject.programs)
    .map(([mine, other]): Pair => {
      const same = [...readForIdentity(subject, mine)].map((key) => [key, mine[key] as Value]);
      return [mine, present({ ...other, ...Object.fromEntries(same) })];
    })
    .filter((pair) => isValid(subject, pair[1]) && differ(subject, pair));

const firstWrite = (subject: Subject, program: Properties): Promise<number> =>
  inWorld(subject, async (rig) => {
    await rig.up(program);
    return rig.world.requests.findIndex(({ method }) => method !== "GET") + 1;
  });

/** An adoption that fails after it has changed something leaves the object in the state, so that nobody need adopt again. */
export async function adoptionsAreNotForgotten(subject: Subject): Promise<void> {
  const isNamed = ([program]: Pair) => readForIdentity(subject, program).size > 0;
  if (subject.definition.alwaysExists || !fc.sample(subject.updates, 20).some(isNamed)) return;
  const changing = subject.updates.filter((pair) => isNamed(pair) && differ(subject, pair));
  for (const { name, fault } of someOf(
    single.filter(({ acted }) => acted),
    2,
  ))
    await forAll(3, changing, async ([theirs, mine]) => {
      const requests = await inWorld(subject, async (rig) => {
        const { taking } = await anothers(rig, theirs);
        await taking.up(mine);
        return rig.world.requests.map(({ method }) => method);
      });
      const writes = requests.flatMap((method, index) => (method === "GET" ? [] : [index + 1]));
      for (const nth of someOf(writes, 2))
        await inWorld(subject, async (rig) => {
          const { taking, id } = await anothers(rig, theirs);
          rig.world.faults.add({ ...fault, nth, times: 1_000_000 });
          const error = await failureOf(() => taking.up(mine, { timeout: 5 }));
          rig.world.faults.clear();
          const changed = rig.world.requests
            .slice(nth - 1)
            .some(({ method, status }) => method !== "GET" && status < 300 && status > 0);
          if (error !== undefined && changed)
            expect(taking.state()?.id, `${name} at request ${nth}`).toBe(id);
          // Without adopting again, where the state has it.
          const next = taking.state() ? rig : taking;
          next.setState(taking.state());
          await next.up(mine);
          rig.setState(next.state());
          await rig.expectConverged(mine);
        });
    });
}

/** Somebody else's object, and who is about to adopt it. */
async function anothers(rig: Rig, theirs: Properties) {
  const hand = rig.engine({ name: "another-hand" });
  await hand.up(theirs);
  const taking = rig.engine({ name: "taking", env: { TENANTRY_ADOPT: "1" } });
  rig.world.requests.length = 0;
  return { taking, id: hand.state()?.id };
}
