import { pause } from "./limits.ts";
import type { Scope } from "./types.ts";

export type Serial = <T>(
  key: string,
  scope: Scope,
  refuse: () => void,
  write: () => Promise<T>,
) => Promise<T>;

/**
 * A queue for each key. Not a package, since a turn must be given up when the scope is over (`refuse` throws
 * then), and a key forgotten once its queue is empty: around a queue that is more than the queue.
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
    // Not when this turn ends: it may be given up while those ahead are still writing.
    tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    try {
      let isFree = ahead === undefined;
      ahead?.then(() => {
        isFree = true;
      });
      refuse();
      // A timer may fire a millisecond before the deadline, which must not begin the turn.
      while (!isFree) {
        await pause(untilDeadline(scope), scope.signal, ahead);
        refuse();
      }
      return await write();
    } finally {
      release();
    }
  };
}

function untilDeadline({ deadline = Number.POSITIVE_INFINITY }: Scope): number {
  return deadline - Date.now();
}
