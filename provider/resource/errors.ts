import type { Properties } from "./value.ts";

/** What kind of no a call ends with; each host says it in its own protocol's codes. */
export type Code = "invalid" | "exists" | "notConfigured" | "refused" | "cancelled" | "unavailable";

/** An error that already says what was asked, of which object, and what to do now. */
export class ProviderError extends Error {
  readonly code: Code;
  constructor(code: Code, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "ProviderError";
    this.code = code;
  }
}

/** Thrown by a `create` that finds its object already there; the lifecycle says how to import it, or adopts it. */
export class AlreadyExists extends Error {
  readonly id: string;
  constructor(id: string, message: string) {
    super(message);
    this.name = "AlreadyExists";
    this.id = id;
  }
}

/** A read that this run's credentials do not reach, so that nothing is known of the object: neither drift nor its absence. */
export class Unchecked extends Error {
  readonly reason: string;
  /** Whether a refresh may go on without it. */
  readonly skips: boolean;
  constructor(reason: string, remedy: string, skips: boolean) {
    super(`${reason}: ${remedy}`);
    this.name = "Unchecked";
    this.reason = reason;
    this.skips = skips;
  }
}

/**
 * A call that left something behind: the object exists (or may exist) and is not as the program wants it.
 * What is known of it reaches the state, and the next `up` reads it again before it decides anything.
 */
export class PartialFailure extends Error {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  constructor(id: string, state: { inputs: Properties; outputs: Properties }, cause: unknown) {
    super(messageOf(cause), { cause });
    this.name = "PartialFailure";
    this.id = id;
    this.inputs = state.inputs;
    this.outputs = state.outputs;
  }
}

/** Whether a vendor's client says that nobody knows if its request took effect. */
export const isUnsettled = (error: unknown): boolean =>
  error instanceof Error && "outcome" in error && error.outcome === "unknown";

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
