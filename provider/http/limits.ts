import type { Scope } from "./types.ts";

/** The longest that a timer can take. */
const FOREVER = 2 ** 31 - 1;

/** Why nothing more may be begun: the scope is over. */
export function isOver({ signal, deadline }: Scope): "aborted" | "deadline" | undefined {
  if (signal?.aborted) return "aborted";
  return deadline !== undefined && Date.now() >= deadline ? "deadline" : undefined;
}

/** Ends when the time is up, the signal comes or the promise resolves, whichever is first. */
export function pause(ms: number, signal: AbortSignal | undefined, promise?: Promise<void>): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      if (signal !== undefined) offAbort(signal, end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(Math.max(ms, 0), FOREVER));
    if (signal !== undefined) onAbort(signal, end);
    promise?.then(end);
  });
}

const callbacks = new WeakMap<AbortSignal, (() => void)[]>();

/**
 * Calls back when the signal comes. One signal serves all calls of a process, so it gets one listener, once
 * and for all: Node warns from eleven on, and coming and going they keep each other from being collected.
 */
export function onAbort(signal: AbortSignal, callback: () => void): void {
  const known = callbacks.get(signal);
  if (known !== undefined) {
    known.push(callback);
    return;
  }
  const list = [callback];
  callbacks.set(signal, list);
  signal.addEventListener("abort", () => {
    for (const call of list.splice(0)) call();
  });
}

export function offAbort(signal: AbortSignal, callback: () => void): void {
  const list = callbacks.get(signal) ?? [];
  const at = list.indexOf(callback);
  const last = at < 0 ? undefined : list.pop();
  if (last !== undefined && last !== callback) list[at] = last;
}
