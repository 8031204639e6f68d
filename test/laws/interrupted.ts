import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect } from "vitest";
import { PartialFailure, ProviderError } from "../../provider/resource/errors.ts";
import { forAll, share, someOf } from "./depth.ts";
import { faultsFor, lasting, type NamedFault, single } from "./faults.ts";
import { inWorld, type Rig } from "./rig.ts";
import { type Budget, type Rehearsed, rehearse, type SceneName } from "./scenes.ts";
import { sideBySide, type Task } from "./side-by-side.ts";
import { differ, type Subject } from "./subject.ts";

/** Laws 4, 9 and 10: calls that fail or are cancelled at any request. */

/** What a lasting fault may cost: a call ends when its attempts, or its budget, are used up. */
const bounded: Budget = { timeout: 5 };

export const failuresConverge = (subject: Subject) =>
  failAtEveryRequest(subject, ["create", "read", "update", "replace", "delete"]);

/** What is most easily taken for "there is none", so each read meets them. */
const refusals = single.filter(({ fault: { kind } }) => kind === "401" || kind === "403");

/** What a run could not find out, it asks again: nothing that failed is remembered as an answer. */
export const failuresAreAskedAgain = (subject: Subject) =>
  forAll(4, subject.programs, (program) =>
    inWorld(subject, async (rig) => {
      await rig.up(program);
      rig.world.requests.length = 0;
      await rig.refresh();
      const { length } = rig.world.requests;
      for (let nth = 1; nth <= length; nth++)
        for (const { fault } of [...refusals, ...someOf(lasting, 3)])
          await rig.inOneRun(async () => {
            rig.world.faults.add({ ...fault, nth });
            const error = await failureOf(() => rig.refresh(bounded));
            rig.world.faults.clear();
            expect(error, `${fault.kind} from request ${nth} on`).toBeDefined();
            expect(await rig.refresh(), "the next operation of the run").toEqual([]);
            expect(await rig.up(program)).toBe("same");
          });
    }),
  );

export const failedUpdatesCanBeReverted = (subject: Subject) => failAtEveryRequest(subject, ["revert"]);

/** Each request of each call fails in every way that its method has, with random inputs. */
async function failAtEveryRequest(subject: Subject, names: SceneName[]): Promise<void> {
  const random = await rehearsals(subject, names, subject.updates, share(4));
  // Where the server acted, what is lost may be any one field.
  const acting = names.filter((name) => name === "update" || name === "revert");
  const hidden = await Promise.all(
    hiddenUpdates(subject).map((updates) => rehearsals(subject, acting, updates, 1)),
  );
  let struck = 0;
  const hit = () => struck++;
  const tasks = [
    ...random.flatMap((scene, turn) =>
      requestsOf(scene).flatMap(({ method, nth }) =>
        faultsFor(method)
          // Each fault strikes one of the scenes of a name, and those that leave doubt strike all.
          .filter(({ acted }, index) => acted || (index + nth) % share(4) === turn % share(4))
          .map((fault) => failing(subject, scene, nth, fault, hit)),
      ),
    ),
    ...hidden.flat().flatMap((scene) =>
      requestsOf(scene).flatMap(({ method, nth }) =>
        faultsFor(method)
          .filter(({ acted }) => acted)
          .map((fault) => failing(subject, scene, nth, fault, hit)),
      ),
    ),
  ];
  await sideBySide(tasks);
  if (tasks.length > 0) expect(struck, "faults that have struck").toBeGreaterThan(0);
}

/** So many of each name, one name's after another's. */
async function rehearsals(
  subject: Subject,
  names: SceneName[],
  updates: Subject["updates"],
  times: number,
): Promise<Rehearsed[]> {
  const wanted = names.flatMap((name) => Array.from({ length: times }, () => name));
  return Promise.all(wanted.map((name) => rehearse(subject, name, updates)));
}

const requestsOf = ({ methods }: Rehearsed) => methods.map((method, index) => ({ method, nth: index + 1 }));

const failing = (
  subject: Subject,
  scene: Rehearsed,
  nth: number,
  { name, fault }: NamedFault,
  hit: () => void,
): Task => ({
  name: `${scene.name}, ${name} at request ${nth}`,
  ...laneOf(subject, scene),
  run: () =>
    interrupted(subject, scene, async (rig) => {
      rig.world.faults.add({ ...fault, nth });
      const error = await failureOf(() => scene.scene.act(rig, bounded));
      if (error) expectClear(error, subject, rig);
      rig.world.faults.clear();
      if (rig.world.requests.some((request) => request.fault)) hit();
    }),
});

/** Where worlds share a system, those of one program would meet there. */
const laneOf = ({ homeland }: Subject, lane: Rehearsed) => (homeland.isShared ? { lane } : {});

/** Changes of what no read shows, so that only the state can tell that they are still to be made at the server. */
export const hiddenUpdates = (subject: Subject) =>
  Object.entries(subject.fields)
    .filter(([key, { traits }]) => traits.writeOnly && !traits.immutable && key !== "onDelete")
    .map(([key]) => subject.updatesOf(key))
    // A world may have only one value for some field, of which no two programs differ.
    .filter((updates) => fc.sample(updates, 30).some((pair) => differ(subject, pair)));

export async function cancelledCallsConverge(subject: Subject): Promise<void> {
  const names: SceneName[] = ["create", "read", "update", "revert", "replace", "delete"];
  const scenes = await rehearsals(subject, names, subject.updates, share(3));
  await sideBySide(
    scenes.flatMap((scene) =>
      requestsOf(scene).map(({ nth }) => ({
        name: `${scene.name}, cancelled at request ${nth}`,
        ...laneOf(subject, scene),
        run: () => interrupted(subject, scene, (rig) => cancelled(rig, scene, nth, subject)),
      })),
    ),
  );
}

/** Cancels while the nth request is on its way. */
async function cancelled(rig: Rig, { scene }: Rehearsed, nth: number, subject: Subject): Promise<void> {
  const { faults, requests } = rig.world;
  faults.add({ kind: "delay", delayMs: 20, nth });
  let over = false;
  const result = failureOf(() => scene.act(rig)).finally(() => {
    over = true;
  });
  while (!over && requests.length < nth) await sleep(1);
  // How often a call asks whether something is over is not always the same.
  const isReached = requests.length >= nth;
  const [began, sent] = [Date.now(), requests.length];
  if (isReached) rig.session().cancel();
  const error = await result;
  if (isReached) expect(requests.length, "nothing new is sent after a cancellation").toBe(sent);
  expect(Date.now() - began, "milliseconds until a cancelled call ends").toBeLessThan(3000);
  if (error) expectClear(error, subject, rig);
  faults.clear();
}

/** The interruption, then what the user does, then the end: nothing orphaned, nothing twice. */
function interrupted(
  subject: Subject,
  { scene, census }: Rehearsed,
  interrupt: (rig: Rig) => Promise<void>,
): Promise<void> {
  return inWorld(subject, async (rig) => {
    await scene.before(rig);
    rig.world.requests.length = 0;
    await interrupt(rig);
    await scene.afterwards(rig);
    if (scene.wanted) await rig.expectConverged(scene.wanted);
    expect(await rig.world.census(), "as many objects as without the failure").toEqual(census);
    await rig.destroy();
    expect(await rig.world.census(), "nothing is left over").toEqual(rig.empty);
  });
}

export async function failureOf(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** It says which object, or which request of which system, in words of ours. */
export function expectClear(error: unknown, { definition }: Subject, rig: Rig): void {
  if (!(error instanceof ProviderError || error instanceof PartialFailure)) throw error;
  const names = [definition.connect.title, rig.state()?.id ?? ""].filter((name) => name !== "");
  expect(
    names.filter((name) => error.message.includes(name)),
    error.message,
  ).not.toEqual([]);
  expect(error.message).not.toMatch(/undefined|\[object |\bNaN\b|is not a function|Cannot read/);
  expect(error.message.length).toBeGreaterThan(30);
}
