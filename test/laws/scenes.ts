import { expect } from "vitest";
import type { Properties } from "../../provider/resource/value.ts";
import { drawOne } from "./depth.ts";
import type { UpOptions } from "./engine.ts";
import { inWorld, type Rig } from "./rig.ts";
import { differ, type Pair, type Subject } from "./subject.ts";

/** `customTimeouts` */
export type Budget = Pick<UpOptions, "timeout">;

/** An operation that is interrupted, and what the user does afterwards. */
export interface Scene {
  /** What is there already. */
  before(rig: Rig): Promise<unknown>;
  act(rig: Rig, budget?: Budget): Promise<unknown>;
  /** Without a refresh in between. */
  afterwards(rig: Rig): Promise<unknown>;
  /** What holds in the end; undefined when nothing is to be there. */
  wanted: Properties | undefined;
}

export type SceneName = "create" | "read" | "update" | "revert" | "replace" | "delete";

const nothing = async () => {};

export function sceneOf(name: SceneName, [was, now]: Pair): Scene {
  const there = (rig: Rig) => rig.up(was);
  const up = (program: Properties, options: UpOptions = {}) => ({
    act: (rig: Rig, budget: Budget = {}) => rig.up(program, { ...options, ...budget }),
    afterwards: (rig: Rig) => rig.up(program, options),
    wanted: program,
  });
  switch (name) {
    case "create":
      return { before: nothing, ...up(now) };
    case "read":
      return {
        ...up(now),
        before: there,
        act: async (rig, budget) => expect(await rig.refresh(budget), "never gone").not.toBe("gone"),
      };
    case "update":
      return { before: there, ...up(now) };
    case "revert":
      return { ...up(was), before: there, act: up(now).act };
    case "replace":
      return { before: there, ...up(now, { replaceOnChanges: true }) };
    case "delete":
      return {
        before: there,
        act: (rig, budget) => rig.destroy(budget),
        afterwards: (rig) => rig.destroy(),
        wanted: undefined,
      };
  }
}

/** A scene as it goes when nothing interrupts it. */
export interface Rehearsed {
  name: SceneName;
  scene: Scene;
  /** Of the requests of the act, in their order. */
  methods: string[];
  /** What the system holds in the end. */
  census: Rig["empty"];
}

export function rehearse(subject: Subject, name: SceneName, updates: Subject["updates"]): Promise<Rehearsed> {
  const scene = sceneOf(name, drawOne(updates.filter((pair) => differ(subject, pair))));
  return inWorld(subject, async (rig) => {
    await scene.before(rig);
    rig.world.requests.length = 0;
    await scene.act(rig);
    const methods = rig.world.requests.map(({ method }) => method);
    await scene.afterwards(rig);
    return { name, scene, methods, census: await rig.world.census() };
  });
}
