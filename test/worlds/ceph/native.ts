import type { Arbitrary } from "fast-check";
import type { RecordedRequest } from "../../../emulator/kit/record.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import type { Access } from "../../ceph/support/ask.ts";
import type { Release } from "../../ceph/support/radosgw.ts";
import type { Look } from "../world.ts";

export type { Release };

/** Something that the cluster may hold, and that one world has made or may have made. */
export interface Thing {
  key: string;
  /** What there is of it, without what is random; undefined when there is nothing. */
  look(access: Access): Promise<unknown>;
  remove(access: Access): Promise<unknown>;
}

/** What the laws must know of one resource here. */
export interface Native {
  /** The first release that has the resource, where that is not the oldest. */
  since?: Release;
  /** Mends random inputs where luck would not meet the cluster's rules, and names them so that no two worlds meet. */
  inputs(random: Arbitrary<Properties>, release: Release): Arbitrary<Properties>;
  /** Makes what the program needs. */
  prepare?(access: Access, program: Properties): Promise<Thing[]>;
  /** A program as it is where others have a part of the object. */
  sharing?(program: Properties): Properties;
  /** What somebody else sets of an object; gives what must stay as it is. */
  plant?(access: Access, id: string): Promise<Look>;
  /** Puts data into an object; says by which things it is still there. */
  fill?(access: Access, id: string): Promise<Thing[]>;
  /** Makes an object somebody else's; gives what must stay as it is. */
  giveAway?(access: Access, id: string): Promise<Thing[]>;
  /** What a request may have made. */
  traces?(request: RecordedRequest): Thing[];
}

let count = 0;
/** In no other world of this process, nor of one that runs beside it. */
export const unique = (): string => `${process.pid.toString(36)}x${(++count).toString(36)}`;
