import type { Answer, Call, Route } from "../kit/types.ts";
import type { State } from "./state.ts";

/** What the routes work on: the state, and how this system is configured. */
export interface Context {
  readonly state: State;
  readonly deletionDelayMs: number;
  readonly initialCredential: boolean;
  readonly credentialLimit: number;
  readonly allowDeleteWithBuckets: boolean;
  /** Whether a user may get the same password again (14.23.2, "a restriction on password reuse"). */
  readonly passwordReuse: boolean;
  /** Failed verifications until a user is locked out; undefined: the lock-out feature is off. */
  readonly lockAfter: number | undefined;
  /** Whether two QoS limits go by the names they had before 7.5 (9.2.4). */
  readonly legacyQosTypes: boolean;
  readonly singleNode: boolean;
  /** The service region that this Admin Service stands in, where that is not the default one (1.1.1). */
  readonly otherRegion: string | undefined;
  /** Whether GET shows the rating plan of those who were assigned none: the default one, or their group's. */
  readonly showInheritedPlans: boolean;
  /** Attributes of a later release: taken, kept and shown where an object is sent whole. */
  readonly laterAttributes: readonly string[];
  readonly version: string;
  readonly licenseNumber: string;
}

export interface DocumentedRoute extends Route {
  /** Every query parameter of the method's syntax line. */
  query: readonly string[];
  handle(call: Call): Answer;
}
