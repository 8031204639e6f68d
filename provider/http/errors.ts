import { excerpt } from "./excerpt.ts";
import { secretValues } from "./fields.ts";
import type { Redactor } from "./redact.ts";

/**
 * What a failed request may have done: nothing, for it never left; nothing, for the server said so; or
 * possibly everything.
 */
export type Outcome = "not-sent" | "refused" | "unknown";

export type Reason =
  | "aborted" // by the scope's signal
  | "deadline" // of the scope
  | "unreachable" // no connection: refused, no such host, no answer
  | "tls" // no trust, or no TLS where it was expected and the reverse
  | "timeout" // connected, but no answer in time
  | "reset" // the connection broke before the answer was complete
  | "protocol" // what came is no HTTP
  | "status" // the server answered with an error
  | "redirect" // the server points elsewhere
  | "too-large" // the body is above the limit
  | "not-json"
  | "invalid"; // the request could not be made

export interface Facts {
  reason: Reason;
  outcome: Outcome;
  /** What happened, without method, path and system, which come before it. */
  problem: string;
  method?: string;
  path?: string;
  status?: number;
  excerpt?: string;
  cause?: unknown;
}

/** Everything in it, its cause included, is redacted. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly reason: Reason;
  readonly outcome: Outcome;
  readonly problem: string;
  declare readonly method?: string;
  declare readonly path?: string;
  declare readonly status?: number;
  declare readonly excerpt?: string;

  constructor(message: string, facts: Facts) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.reason = facts.reason;
    this.outcome = facts.outcome;
    this.problem = facts.problem;
    if (facts.method !== undefined) this.method = facts.method;
    if (facts.path !== undefined) this.path = facts.path;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.excerpt !== undefined) this.excerpt = facts.excerpt;
  }
}

/** Where a request went. */
export interface Place {
  readonly system: string;
  readonly origin: string;
  readonly redactor: Redactor;
}

/** The parts of a request that an error may show, once redacted. */
export interface Subject {
  readonly method: string;
  readonly target: string;
  readonly body: string | undefined;
}

/** Makes an error about a request. `text` is the body of the answer: its excerpt ends the message. */
export function requestError(place: Place, subject: Subject, facts: Facts, text?: string): HttpError {
  // A server may echo what it was sent, so the secrets of this very request count as known.
  const own = secretValues(subject.target).concat(secretValues(subject.body ?? ""));
  const redact = (value: string) => place.redactor.redact(value, own);
  const path = redact(subject.target);
  const shown = text === undefined ? "" : excerpt(text, redact);
  const problem = redact(facts.problem) + (shown === "" ? "" : `: ${shown}`);
  return new HttpError(`${subject.method} ${path} on ${redact(place.system)} (${place.origin}): ${problem}`, {
    ...facts,
    method: subject.method,
    path,
    problem,
    ...(shown !== "" && { excerpt: shown }),
    cause: facts.cause === undefined ? undefined : harmless(facts.cause, redact),
  });
}

export function shownPath({ redactor }: Place, { target }: Subject): string {
  return redactor.redact(target, secretValues(target));
}

/** Whether a request with this answer may have taken effect. */
export function outcomeOf(status: number): Outcome {
  return status === 503 || (status >= 300 && status < 500) ? "refused" : "unknown";
}

/** A cause without the data that libraries attach to errors: sockets, raw bytes of an answer. */
function harmless(cause: unknown, redact: (text: string) => string): Error {
  if (cause instanceof HttpError) return cause;
  const { name, message } = cause instanceof Error ? cause : { name: "Error", message: String(cause) };
  const copy = new Error(redact(message));
  copy.name = redact(name);
  // the stack of a library's socket says nothing about ours
  copy.stack = `${copy.name}: ${copy.message}`;
  return copy;
}
