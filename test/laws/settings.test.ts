import { describe, expect, test } from "vitest";
import { vendors } from "../../provider/catalog.ts";
import { configKeys } from "../../provider/resource/config.ts";
import { systemsOf, wholeCatalog } from "../../provider/resource/vendors.ts";
import { ways } from "../worlds/ways.ts";
import { benchOf } from "./bench.ts";
import { trialsOf } from "./trials.ts";

/** Every setting has the effect that it says, wherever it is written. */

const systems = systemsOf(await wholeCatalog(vendors));

test.each(systems.map((system) => [system.name, system] as const))(
  "every setting of %s is tried",
  (_, system) => {
    const tried = ways.filter((way) => way.system === system).flatMap((way) => Object.keys(trialsOf(way)));
    const settings = configKeys(system).map(({ name }) => name);
    expect([...new Set(tried)].sort()).toEqual(settings.sort());
  },
);

describe.each(ways.map((way) => [way.name, way] as const))("%s", (_, way) => {
  describe.each(["key", "variable"] as const)("a setting in its %s:", (place) => {
    test.each(Object.entries(trialsOf(way)))("%s", (name, trial) => trial(benchOf(way, name, place)));
  });
});
