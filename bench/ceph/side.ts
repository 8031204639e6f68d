import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { createStack } from "../../test/pulumi/support/stack.ts";
import { after, type Step, tenant } from "./tenant.ts";

/** What a step took, in seconds and MB. */
export interface Taken {
  seconds: number;
  /** CPU time of the engine with its plugin and the program. */
  cpu: number;
  plugin: { cpu: number; memory: number };
}

/** The engine with one of the two plugins, and a stack of its own. */
export interface Side {
  take(step: Step, uids: readonly string[], parallel: string): Promise<Taken>;
  close(): Promise<void>;
}

export async function createSide(
  bundles: string,
  name: string,
  plugin: string,
  env: Record<string, string> = {},
): Promise<Side> {
  const folder = join(bundles, name);
  mkdirSync(folder);
  const command = join(folder, "pulumi-resource-tenantry");
  const [meter, figures] = [join(bundles, "meter.cjs"), join(folder, "figures")];
  writeFileSync(
    command,
    `#!/usr/bin/env node\n${[meter, plugin].map((each) => `require(${JSON.stringify(each)});`).join("\n")}\n`,
  );
  chmodSync(command, 0o755);
  const PATH = [folder, resolve("tools/language"), process.env.PATH].join(delimiter);
  const stack = await createStack({ env: { ...env, METER: figures, PATH } });
  return {
    async take(step, uids, parallel) {
      stack.declare(...uids.map((uid) => tenant(uid, step.leaves ?? after)));
      rmSync(figures, { force: true });
      const [began, before] = [performance.now(), cpuOfChildren()];
      const { code, output } = await stack.run(...step.args, "--parallel", parallel);
      const seconds = (performance.now() - began) / 1000;
      const cpu = cpuOfChildren() - before;
      const summary = output.split("Resources:").at(-1) ?? "";
      // The stack itself is counted, where it changes.
      const [, count = "0"] = new RegExp(`(\\d+) ${step.says}`).exec(summary) ?? [];
      if (code !== 0 || Number(count) < uids.length)
        throw new Error(`${name}: pulumi ${step.args.join(" ")} ended with ${code}:\n${output}`);
      return { seconds, cpu, plugin: pluginFigures(figures) };
    },
    close: () => stack.close(),
  };
}

/** Of those that have ended, and of theirs; the kernel counts in hundredths. */
function cpuOfChildren(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  // proc(5): cutime and cstime are 16 and 17, and what is in parentheses is 2.
  const [user, system] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(14, 16);
  return (Number(user) + Number(system)) / 100;
}

/** A preview with a refresh starts the plugin twice. */
function pluginFigures(file: string): Taken["plugin"] {
  const lines = readFileSync(file, "utf8").trim().split("\n");
  const processes: Taken["plugin"][] = lines.map((line) => JSON.parse(line));
  return {
    cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0),
    memory: Math.max(...processes.map(({ memory }) => memory)),
  };
}
