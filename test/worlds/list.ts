import type { Properties } from "../../provider/resource/value.ts";

/** A list that a server gives in parts, as programs ask for it or as a refresh does. */
export interface List {
  /** The function, or what it is for. */
  name: string;
  /** How many rows one answer has at most. */
  limit: number;
  /** Whether a full page tells that it is the last. Else another one is asked for, which is empty. */
  isEndTold: boolean;
  /** A server with that many rows. */
  start(size: number): Promise<Filled>;
}

export interface Filled {
  /** What tells the rows apart. */
  rows: string[];
  ask(): Promise<string[]>;
  /** How many requests were made for it. */
  count(): number;
  /** Where `limit` is the caller's, who is told whether there is more: then no more is asked for. */
  isCut?: true;
  more?(): Promise<unknown>;
}

/** Names in their order, which are numbers too: some lists are of figures. */
export const names = (size: number): string[] =>
  Array.from({ length: size }, (_, nth) => String(10_000 + nth));

/** The values that the rows of an answer have there. */
export const column = (rows: unknown, name: string): string[] =>
  (rows as Properties[]).map((row) => String(row[name]));
