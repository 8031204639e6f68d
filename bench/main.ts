/** Measures the plugin that was built (`dist/`, or the program given) against the budgets, and prints a table. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { bundlePrograms } from "./bundle.ts";
import { shippedPlugin } from "./plugin.ts";
import { compareRefreshes } from "./refresh.ts";
import { round, type Sample, type Size } from "./rounds.ts";
import { setUp } from "./setup.ts";
import { compareStarts, idleMemory } from "./start.ts";
import { printCalls, printMemory, printStarts } from "./table.ts";

const warmUp: Size[] = [
  { atATime: 1, calls: 500 },
  { atATime: 16, calls: 1000 },
];
const measured: Size[] = [
  { atATime: 1, calls: 300 },
  { atATime: 16, calls: 600 },
];
const rounds = 9;

const program = resolve(process.argv[2] ?? shippedPlugin);
if (!existsSync(program)) throw new Error(`${program} is not there: build it first`);
const bundles = await bundlePrograms(["forward", "gets", "nothing", "probe", "raw"]);

printStarts(await compareStarts(program), 2.0);
printMemory("idle memory", await idleMemory(bundles, program), 70);

const setup = await setUp(bundles, program);
for (const size of warmUp) await round(setup, size, 0);
const samples: Sample[] = [];
for (let nth = 1; nth <= rounds; nth++)
  for (const size of measured) samples.push(...(await round(setup, size, nth)));
await setup.stop();
printCalls(samples, 1.3);
await compareRefreshes(bundles, program);
