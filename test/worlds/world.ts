import type { Arbitrary } from "fast-check";
import type { Faults } from "../../emulator/kit/faults.ts";
import type { RecordedRequest } from "../../emulator/kit/record.ts";
import type { Properties } from "../../provider/resource/value.ts";

/** A running system, fresh and with what the inputs of its resources need. */
export interface World {
  /** The provider's configuration for it, in Pulumi's flat keys. */
  readonly config: Properties;
  readonly faults: Faults;
  readonly requests: RecordedRequest[];
  /** What the system holds of each sort: how many objects, or which settings. */
  census(): Record<string, unknown> | Promise<Record<string, unknown>>;
  /** Makes what the inputs of a program need, where that does not stand from the start. */
  prepare?(token: string, program: Properties): Promise<void>;
  /** What nobody may ever see in plain, the secrets that the system made itself included. */
  secrets(): string[];
  /** The write-only inputs of an object as the system really holds them, for no read shows them. */
  hidden(token: string, id: string): Properties;
  /** What somebody else does to an object, by other ways than this provider's. */
  readonly others: Others;
  close(): Promise<void>;
}

/** Looks at what somebody else did: it must not change. */
export type Look = () => unknown;

/** Each of them gives undefined for a resource with which it cannot be done. */
export interface Others {
  /** Sets something of the object that this provider does not know. Where the API replaces it whole, that could go. */
  plant?(token: string, id: string): Promise<Look | undefined>;
  /** Puts data into it, which goes only with `purgeData`. */
  fill?(token: string, id: string): Promise<Look | undefined>;
  /** Makes it somebody else's, under the name that is unique in the system. */
  giveAway?(token: string, id: string): Promise<Look | undefined>;
}

/** A program, and the one that comes after it. */
export type Pair = [was: Properties, now: Properties];

/** All that the laws must know of a vendor. */
export interface Homeland {
  /** `System.name` */
  system: string;
  /** All worlds share one system, in which two of one program would meet. */
  isShared?: true;
  /** Two worlds with different identities are different systems to the provider. */
  start(options?: { identity?: string }): Promise<World>;
  /** Resources that a create sets, whoever has set them before: the API keeps none from being written over. */
  writtenOver?: readonly string[];
  /** By token: mends random inputs where luck would not meet the system's rules. */
  inputs: Readonly<Record<string, (random: Arbitrary<Properties>) => Arbitrary<Properties>>>;
  /** By token: a program as it is where others have a part of the object; as it was where nothing is said. */
  sharing?: Readonly<Record<string, (program: Properties) => Properties>>;
  /** By token: updates that showed a fault once, and are tried again each time. */
  examples?: Readonly<Record<string, readonly Pair[]>>;
}
