import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect } from "vitest";
import { PartialFailure, ProviderError } from "../../provider/resource/errors.ts";
import type { Properties } from "../../provider/resource/value.ts";
import type { UpOptions } from "./engine.ts";
import { faults, sideBySide } from "./faults.ts";
import { inWorld, type Rig } from "./rig.ts";
import { canonical, type Pair, type Subject } from "./subject.ts";

/** Laws 4, 9 and 10: calls that fail or are cancelled at any request. */

/** `customTimeouts` */
type Budget = Pick<UpOptions, "timeout">;

/** An operation that is interrupted, and what the user does afterwards. */
interface Scene {
  /** What is there already. */
  before(rig: Rig): Promise<unknown>;
  act(rig: Rig, budget?: Budget): Promise<unknown>;
  /** Without a refresh in between. */
  afterwards(rig: Rig): Promise<unknown>;
  /** What holds in the end; undefined when nothing is to be there. */
  wanted: Properties | undefined;
}

const nothing = async () => {};
/** What a lasting fault may cost: a call ends when its attempts, or its budget, are used up. */
const bounded: Budget = { timeout: 1.5 };

function scenes([was, now]: Pair): Record<string, Scene> {
  const there = (rig: Rig) => rig.up(was);
  const up = (program: Properties, options: UpOptions = {}) => ({
    act: (rig: Rig, budget: Budget = {}) => rig.up(program, { ...options, ...budget }),
    afterwards: (rig: Rig) => rig.up(program, options),
    wanted: program,
  });
  return {
    create: { before: nothing, ...up(now) },
    read: {
      ...up(now),
      before: there,
      act: async (rig, budget) => expect(await rig.refresh(budget), "never gone").not.toBe("gone"),
    },
    update: { before: there, ...up(now) },
    revert: { ...up(was), before: there, act: up(now).act },
    replace: { before: there, ...up(now, { replaceOnChanges: true }) },
    delete: {
      before: there,
      act: (rig, budget) => rig.destroy(budget),
      afterwards: (rig) => rig.destroy(),
      wanted: undefined,
    },
  };
}

export const failuresConverge = (subject: Subject) =>
  matrix(subject, ["create", "read", "update", "replace", "delete"]);

export const failedUpdatesCanBeReverted = (subject: Subject) => matrix(subject, ["revert"]);

/** Each fault at each request of each call, every time with random inputs. */
function matrix(subject: Subject, names: string[]): Promise<void> {
  const tasks = faults.flatMap(({ name: faultName, fault, acted }) =>
    names.flatMap((name) => {
      const interrupt: Interruption = async (rig, scene, nth) => {
        rig.world.faults.add({ ...fault, nth });
        const error = await failureOf(() => scene.act(rig, bounded));
        if (error) expectClear(error, subject, rig);
        rig.world.faults.clear();
        return rig.world.requests.some((request) => request.fault);
      };
      const hidden = name === "update" || name === "revert" ? hiddenUpdates(subject) : [];
      // Where the server acted, what is lost may be any one field.
      const pairs = acted ? [...hidden, subject.updates] : [subject.updates];
      if (acted && !subject.homeland.releases) pairs.push(subject.updates);
      return pairs.map((updates) => ({
        name: `${name}, ${faultName}`,
        run: () => atEveryRequest(subject, updates, name, interrupt),
      }));
    }),
  );
  return sideBySide(tasks);
}

/** Changes of what no read shows, so that only the state can tell that they are still to be made at the server. */
const hiddenUpdates = (subject: Subject) =>
  Object.entries(subject.fields)
    .filter(([key, { traits }]) => traits.writeOnly && !traits.immutable && key !== "onDelete")
    .map(([key]) => subject.updatesOf(key))
    // A world may have only one value for some field, of which no two programs differ.
    .filter((updates) => fc.sample(updates, 30).some((pair) => differ(subject, pair)));

export const cancelledCallsConverge = (subject: Subject) =>
  sideBySide(
    ["create", "read", "update", "revert", "replace", "delete"].map((name) => ({
      name: `${name}, cancelled`,
      run: () =>
        atEveryRequest(subject, subject.updates, name, (rig, scene, nth) =>
          cancelled(rig, scene, nth, subject),
        ),
    })),
  );

/** Cancels while the nth request is on its way. Whether there was one. */
async function cancelled(rig: Rig, scene: Scene, nth: number, subject: Subject): Promise<boolean> {
  const { faults, requests } = rig.world;
  faults.add({ kind: "delay", delayMs: 20, nth });
  let over = false;
  const result = failureOf(() => scene.act(rig)).finally(() => {
    over = true;
  });
  while (!over && requests.length < nth) await sleep(1);
  const reached = requests.length >= nth;
  const [began, sent] = [Date.now(), requests.length];
  if (reached) rig.session().cancel();
  const error = await result;
  if (reached) expect(requests.length, "nothing new is sent after a cancellation").toBe(sent);
  expect(Date.now() - began, "milliseconds until a cancelled call ends").toBeLessThan(3000);
  if (error) expectClear(error, subject, rig);
  faults.clear();
  return reached;
}

/** Says of an interruption at the nth request whether there was such a request. */
type Interruption = (rig: Rig, scene: Scene, nth: number) => Promise<boolean>;

const atEveryRequest = (
  subject: Subject,
  updates: Subject["updates"],
  name: string,
  interrupt: Interruption,
) =>
  sampled(subject, updates, async (pair) => {
    const scene = scenes(pair)[name] as Scene;
    const census = await expectedCensus(subject, scene);
    let hit = true;
    for (let nth = 1; hit; nth++) {
      hit = await interrupted(subject, scene, census, nth, interrupt).catch((cause) => {
        throw new Error(`at request ${nth}`, { cause });
      });
    }
  });

/** The interruption, then what the user does, then the end: nothing orphaned, nothing twice. */
function interrupted(
  subject: Subject,
  scene: Scene,
  census: Rig["empty"],
  nth: number,
  interrupt: Interruption,
): Promise<boolean> {
  return inWorld(subject, async (rig) => {
    await scene.before(rig);
    rig.world.requests.length = 0;
    const hit = await interrupt(rig, scene, nth);
    await scene.afterwards(rig);
    if (scene.wanted) await rig.expectConverged(scene.wanted);
    expect(await rig.world.census(), "as many objects as without the failure").toEqual(census);
    await rig.destroy();
    expect(await rig.world.census(), "nothing is left over").toEqual(rig.empty);
    return hit;
  });
}

/** What the same steps leave when nothing fails. */
const expectedCensus = (subject: Subject, scene: Scene) =>
  inWorld(subject, async (rig) => {
    await scene.before(rig);
    await scene.act(rig);
    await scene.afterwards(rig);
    return rig.world.census();
  });

/** One pair of programs that differ. fast-check tells its seed when the run fails. */
function sampled(subject: Subject, updates: Subject["updates"], run: (pair: Pair) => Promise<void>) {
  const differing = updates.filter((pair) => differ(subject, pair));
  return fc.assert(fc.asyncProperty(differing, run), { numRuns: 1, endOnFailure: true });
}

const differ = (subject: Subject, [was, now]: Pair) =>
  JSON.stringify(canonical(subject, was)) !== JSON.stringify(canonical(subject, now));

async function failureOf(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** It says which object, or which request of which system, in words of ours. */
function expectClear(error: unknown, { definition }: Subject, rig: Rig): void {
  if (!(error instanceof ProviderError || error instanceof PartialFailure)) throw error;
  const names = [definition.connect.title, rig.state()?.id ?? ""].filter((name) => name !== "");
  expect(
    names.filter((name) => error.message.includes(name)),
    error.message,
  ).not.toEqual([]);
  expect(error.message).not.toMatch(/undefined|\[object |\bNaN\b|is not a function|Cannot read/);
  expect(error.message.length).toBeGreaterThan(30);
}
