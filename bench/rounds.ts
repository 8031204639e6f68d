import type { Child } from "./child.ts";
import { type GroupCall, groupCalls } from "./group.ts";
import type { Running } from "./plugin.ts";
import type { RawJob } from "./raw.ts";
import { inTurns } from "./turns.ts";

export interface Contestants {
  plugin: Running;
  nothing: Running;
  raw: Child;
}

/** CPU time per call in microseconds, of each contestant in the same round. */
export interface Sample {
  call: GroupCall["name"];
  atATime: number;
  plugin: number;
  nothing: number;
  raw: number;
  /** Calls a second of the plugin. */
  rate: number;
}

export interface Size {
  atATime: number;
  calls: number;
}

/** One life of so many groups: each call by all three, one after the other, so that they share the machine's moods. */
export async function round(
  contestants: Contestants,
  { atATime, calls }: Size,
  nth: number,
): Promise<Sample[]> {
  const { plugin, nothing, raw } = contestants;
  const ids = (prefix: string) =>
    Array.from({ length: calls }, (_, index) => `${prefix}-${atATime}-${nth}-${index}`);
  const samples: Sample[] = [];
  for (const call of groupCalls) {
    const began = performance.now();
    const ours = await cpuOf(plugin, () => inTurns(ids("plugin"), atATime, (id) => call.grpc(plugin, id)));
    const seconds = (performance.now() - began) / 1000;
    const theirs = await cpuOf(nothing, () =>
      inTurns(ids("plugin"), atATime, (id) => call.grpc(nothing, id)),
    );
    const job: RawJob = { calls: ids("rawest").map(call.http), atATime };
    const http = await raw.ask<number>(job);
    samples.push({
      call: call.name,
      atATime,
      plugin: ours / calls,
      nothing: theirs / calls,
      raw: http / calls,
      rate: calls / seconds,
    });
  }
  return samples;
}

async function cpuOf(child: Child, work: () => Promise<void>): Promise<number> {
  const before = await child.cpu();
  await work();
  return (await child.cpu()) - before;
}
