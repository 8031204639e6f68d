import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { firstLine, stop } from "./child.ts";
import { configure, startProvider } from "./plugin.ts";

/** Milliseconds from spawn to the first line on the output. */
export type Start = Record<"plugin" | "node", number>;

const rounds = 15;

/** The plugin and a Node that does nothing, in turns, so that they share the machine's moods. */
export async function compareStarts(program: string): Promise<Start[]> {
  const starts: Start[] = [];
  for (let nth = 0; nth <= rounds; nth++) {
    const node = await startTime(process.execPath, ["--eval", "console.log(0)"]);
    const plugin = await startTime(program);
    // The first round warms the disk's cache.
    if (nth > 0) starts.push({ plugin, node });
  }
  return starts;
}

async function startTime(program: string, args: string[] = []): Promise<number> {
  const began = performance.now();
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  await firstLine(child);
  const time = performance.now() - began;
  await stop(child);
  return time;
}

/** Megabytes of a configured plugin after a second of rest; undefined where the system does not say. */
export async function idleMemory(bundles: string, program: string): Promise<number | undefined> {
  if (process.platform !== "linux") return undefined;
  const plugin = await startProvider(bundles, program);
  await configure(plugin, { hyperstoreEndpoint: "http://127.0.0.1:1", hyperstorePassword: "public" });
  await sleep(1000);
  const status = readFileSync(`/proc/${plugin.pid}/status`, "utf8");
  await plugin.stop();
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
