import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "./errors.ts";
import type { Scope } from "./system.ts";

const [first, longest] = [100, 5000];

/** Asks again, ever less often, until `probe` has an answer; ends with the call's deadline or its cancellation. */
export async function until<T>(
  scope: Scope,
  what: string,
  probe: () => Promise<T | false | undefined>,
): Promise<T> {
  const began = Date.now();
  for (let pause = first; ; pause = Math.min(pause * 1.5, longest)) {
    const answer = await probe();
    if (answer) return answer;
    if (Date.now() + pause > scope.deadline) {
      const waited = Math.round((Date.now() - began) / 1000);
      throw new ProviderError(
        "unavailable",
        `waited ${waited} s for ${what}; raise customTimeouts, or run again to go on`,
      );
    }
    await sleep(pause, undefined, { signal: scope.signal }).catch(() => {
      throw new ProviderError("cancelled", `cancelled while waiting for ${what}`);
    });
  }
}
