import type { Child } from "./child.ts";
import { type GroupCall, groupCalls } from "./group.ts";
import type { Running } from "./plugin.ts";
import type { RawJob } from "./raw.ts";
import { inTurns } from "./turns.ts";

export interface Contestants {
  plugin: Running;
  nothing: Running;
  raw: Child;
  forward: Running;
}

/** CPU time per call in microseconds, of each contestant in the same round. */
export interface Sample extends Record<keyof Contestants, number> {
  call: GroupCall["name"];
  atATime: number;
  /** Calls a second of the plugin. */
  rate: number;
}

export interface Size {
  atATime: number;
  calls: number;
}

/**
 * One life of so many groups: each call by all contestants, one after the other, so that they share the machine's
 * moods, and each round beginning with another one.
 */
export async function round(contestants: Contestants, size: Size, nth: number): Promise<Sample[]> {
  const { atATime, calls } = size;
  const samples: Sample[] = [];
  for (const call of groupCalls) {
    const sample: Sample = { call: call.name, atATime, rate: 0, plugin: 0, nothing: 0, raw: 0, forward: 0 };
    const ids = (name: string) =>
      Array.from({ length: calls }, (_, index) => `${name[0]}-${atATime}-${nth}-${index}`);
    const provider = (name: "plugin" | "nothing" | "forward") => async () => {
      const child = contestants[name];
      const before = await child.cpu();
      const began = performance.now();
      await inTurns(ids(name), atATime, (id) => call.grpc(child, id));
      if (name === "plugin") sample.rate = calls / ((performance.now() - began) / 1000);
      sample[name] = ((await child.cpu()) - before) / calls;
    };
    const http = async () => {
      const job: RawJob = { calls: ids("raw").map(call.http), atATime };
      sample.raw = (await contestants.raw.ask<number>(job)) / calls;
    };
    const turns = [provider("plugin"), provider("nothing"), http, provider("forward")];
    for (const index of turns.keys()) await turns[(index + nth) % turns.length]?.();
    samples.push(sample);
  }
  return samples;
}
