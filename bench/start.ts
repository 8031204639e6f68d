import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { firstLine, stop } from "./child.ts";
import { configure, startProvider } from "./plugin.ts";

/** Milliseconds from spawn to the port on the output, of 15 starts after one that warms the disk's cache. */
export async function startTimes(program: string, args: string[] = []): Promise<number[]> {
  const times: number[] = [];
  for (let nth = 0; nth <= 15; nth++) {
    const began = performance.now();
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    await firstLine(child);
    if (nth > 0) times.push(performance.now() - began);
    await stop(child);
  }
  return times;
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
