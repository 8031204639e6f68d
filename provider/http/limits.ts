import { setTimeout as sleep } from "node:timers/promises";
import type { Scope } from "./types.ts";

/** The longest that a timer can take. */
const FOREVER = 2 ** 31 - 1;

/** Why nothing more may be begun: the scope is over. */
export function isOver({ signal, deadline }: Scope): "aborted" | "deadline" | undefined {
  if (signal?.aborted) return "aborted";
  return deadline !== undefined && Date.now() >= deadline ? "deadline" : undefined;
}

/** Ends early, and without an error, when the signal comes. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal && { signal }).catch(() => {});
}

/** Waits for a promise that never rejects, but no longer than the scope lasts. */
export async function within(scope: Scope, promise: Promise<void>): Promise<void> {
  const { signal, deadline } = scope;
  if (signal === undefined && deadline === undefined) return promise;
  const stop = new AbortController();
  const limit = deadline === undefined ? FOREVER : Math.min(Math.max(deadline - Date.now(), 0), FOREVER);
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  await Promise.race([promise, pause(limit, both)]);
  stop.abort();
}
