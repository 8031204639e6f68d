import { expect } from "vitest";
import { forAll } from "./depth.ts";
import { failureOf } from "./interrupted.ts";
import { inWorld } from "./rig.ts";
import { type SceneName, sceneOf } from "./scenes.ts";
import { differ, type Subject } from "./subject.ts";

/** A server that asks for more patience than `customTimeouts` allows ends a call at once, whichever it is. */
export async function budgetsEndCalls(subject: Subject): Promise<void> {
  const names: SceneName[] = ["create", "read", "update", "delete"];
  const changing = subject.updates.filter((pair) => differ(subject, pair));
  for (const name of names)
    await forAll(2, changing, (pair) =>
      inWorld(subject, async (rig) => {
        const scene = sceneOf(name, pair);
        await scene.before(rig);
        rig.world.faults.add({ kind: "503", retryAfter: 3, nth: "every" });
        const error = await failureOf(() => scene.act(rig, { timeout: 2 }));
        rig.world.faults.clear();
        expect(String(error), name).toContain("raise customTimeouts");
        await scene.afterwards(rig);
        if (scene.wanted) await rig.expectConverged(scene.wanted);
      }),
    );
}
