import type { Exchange } from "./exchange.ts";

/**
 * The GETs in flight that equal ones may join. An array, since there are never many, and since a Map that is
 * filled and emptied all the time keeps what was in it alive until the next full garbage collection: V8
 * links its outgrown tables. That alone doubled the CPU time of a request.
 */
export interface Reads<Result> {
  find(key: string): Exchange<Result> | undefined;
  add(read: Exchange<Result>): void;
  remove(read: Exchange<Result>): void;
  /** No later read joins one that is in flight now. */
  clear(): void;
}

export function createReads<Result>(): Reads<Result> {
  const reads: Exchange<Result>[] = [];
  return {
    find(key) {
      for (const read of reads) if (read.key === key && !read.finished) return read;
      return undefined;
    },
    add(read) {
      reads.push(read);
    },
    remove(read) {
      const at = reads.indexOf(read);
      const last = at < 0 ? undefined : reads.pop();
      if (last !== undefined && last !== read) reads[at] = last;
    },
    clear() {
      if (reads.length > 0) reads.length = 0;
    },
  };
}
