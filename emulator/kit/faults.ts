import type { Call } from "./types.ts";

/** The server never learns of the request, or never answers it, or answers something else. */
const beforeKinds = ["reset-before", "timeout-before", "html", "delay"] as const;
/** The server acts, and the client does not get to know. */
const afterKinds = ["reset-after", "timeout-after", "cut-json", "bad-json"] as const;
/** An error status instead of acting, or after acting where `acted` is set. */
const statusKinds = ["500", "502", "503", "504", "429", "401", "403", "404"] as const;

export const faultKinds = [...beforeKinds, ...afterKinds, ...statusKinds] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  kind: FaultKind;
  /** Which requests count; without it every one. A path that ends in `*` is a prefix. */
  match?: { method?: string; path?: string };
  /** The first matching request to hit, from 1; "every" starts at once and does not end by itself. */
  nth?: number | "every";
  /** How many matching requests in a row are hit: 1 by default, without end for "every". */
  times?: number;
  /** For 503 and 429: seconds (fractions are allowed), or a date. */
  retryAfter?: number | string | Date;
  /** For delay; 100 by default. */
  delayMs?: number;
  /** For the status kinds: act first, then answer the error. */
  acted?: boolean;
  /** What somebody else does at that very moment; the fault strikes when it is done. Not over the control door. */
  meanwhile?: () => Promise<unknown>;
}

export interface Faults {
  add(...faults: Fault[]): void;
  /** Instead of those that wait. Where one is refused, all stays as it was. */
  replace(...faults: Fault[]): void;
  clear(): void;
  /** The fault that hits this request, if any. Counts the request for all of them. */
  take(call: Pick<Call, "method" | "path">): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { fault: Fault; seen: number }[] = [];
  return {
    add: (...faults) => {
      waiting.push(...faults.map(unseen));
    },
    replace: (...faults) => {
      waiting.splice(0, waiting.length, ...faults.map(unseen));
    },
    clear: () => {
      waiting.length = 0;
    },
    take: (call) => {
      const matching = waiting.filter(({ fault }) => matches(fault, call));
      for (const entry of matching) entry.seen += 1;
      return matching.find(({ fault, seen }) => hits(fault, seen))?.fault;
    },
  };
}

/** Whether the server acts although the client sees a failure. */
export function strikesAfter(fault: Fault): boolean {
  return afterKinds.some((kind) => kind === fault.kind) || (isStatus(fault) && fault.acted === true);
}

export function isStatus(fault: Fault): boolean {
  return statusKinds.some((kind) => kind === fault.kind);
}

export function delayOf(fault: Fault | undefined): number {
  return fault?.kind === "delay" ? (fault.delayMs ?? 100) : 0;
}

function matches({ match = {} }: Fault, call: Pick<Call, "method" | "path">): boolean {
  if (match.method !== undefined && match.method !== call.method) return false;
  if (match.path === undefined) return true;
  if (match.path.endsWith("*")) return call.path.startsWith(match.path.slice(0, -1));
  return match.path === call.path;
}

function hits({ nth = 1, times }: Fault, seen: number): boolean {
  if (nth === "every") return seen <= (times ?? Number.POSITIVE_INFINITY);
  return seen >= nth && seen < nth + (times ?? 1);
}

const unseen = (fault: Fault) => ({ fault: checked(fault), seen: 0 });

const fields = ["kind", "match", "nth", "times", "retryAfter", "delayMs", "acted", "meanwhile"];

// Faults also come as JSON from other processes: what is misspelt would silently test nothing.
function checked(fault: Fault): Fault {
  known("fault", fault, fields);
  known("match", fault.match ?? {}, ["method", "path"]);
  if (!faultKinds.includes(fault.kind)) {
    throw new Error(`unknown fault kind ${JSON.stringify(fault.kind)}; known: ${faultKinds.join(", ")}`);
  }
  const { nth = 1, times = 1 } = fault;
  if (nth !== "every" && !(Number.isInteger(nth) && nth > 0)) throw new Error('nth is from 1, or "every"');
  if (!(Number.isInteger(times) && times > 0)) throw new Error("times is from 1");
  return fault;
}

function known(what: string, value: object, names: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`a ${what} has no ${unknown}; it has ${names.join(", ")}`);
}
