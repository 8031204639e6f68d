import type { Arbitrary } from "fast-check";
import type { HyperStoreEmulator } from "../../../emulator/hyperstore/index.ts";
import type { State } from "../../../emulator/hyperstore/state.ts";
import type { Properties } from "../../../provider/resource/value.ts";

/** What the laws must know of one resource here. */
export interface Native {
  /** Makes what must stand before it. */
  settle?(emulator: HyperStoreEmulator): void;
  /** Mends random inputs where luck would not meet the system's rules. */
  inputs?(random: Arbitrary<Properties>): Arbitrary<Properties>;
  /** Its part of the census: whatever the system holds of it. */
  census?(state: State): unknown;
  /** The write-only inputs of an object as the system really holds them. */
  hidden?(state: State, id: string): Properties;
  /** As the system keeps it, where the API replaces it whole. */
  stored?(state: State, id: string): object | undefined;
  /** Puts data into it; says whether it is still there. */
  fill?(state: State, id: string): () => unknown;
  /** Makes it somebody else's; says whose it is. */
  giveAway?(state: State, id: string): () => unknown;
  /** Secrets that the system itself has made or holds. */
  secrets?(state: State): string[];
}

/** Who owns what the laws make: stands in every world. */
export const owner = { groupId: "law-group", userId: "law.user@example.com" };
