import { within } from "./limits.ts";
import type { Scope } from "./types.ts";

export type Serial = <T>(
  key: string,
  scope: Scope,
  refuse: () => void,
  write: () => Promise<T>,
) => Promise<T>;

/**
 * A queue for each key. No package: of those that are kept, none lets go of a turn that is still waited for
 * and forgets a key once its queue is empty. `refuse` throws when the scope is over.
 */
export function createSerial(): Serial {
  const tails = new Map<string, Promise<void>>();
  return async (key, scope, refuse, write) => {
    const ahead = tails.get(key);
    let release = () => {};
    const turn = new Promise<void>((resolve) => {
      release = resolve;
    });
    // also behind those ahead, for this turn may be given up before they are done
    const tail = ahead === undefined ? turn : ahead.then(() => turn);
    tails.set(key, tail);
    try {
      if (ahead !== undefined) await within(scope, ahead);
      refuse();
      return await write();
    } finally {
      release();
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
