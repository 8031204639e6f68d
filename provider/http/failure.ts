import { type Facts, type HttpError, outcomeOf, type Place, requestError, type Subject } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { explain } from "./network.ts";
import { SPEAKS_TLS, wantsTls } from "./tls.ts";
import type { Endpoint } from "./types.ts";

export interface Failed {
  readonly place: Place;
  readonly error: HttpError;
  /** Whether another attempt may fare better. */
  readonly again: boolean;
  /** What the server's Retry-After asks for, in ms. */
  readonly retryAfterMs: number;
  /** The wait before the next attempt, the same for all callers, so that equal GETs meet again. */
  delayMs?: number;
}

const LONGEST_RETRY_AFTER = 60_000;
const WORTH_A_RETRY = new Set([429, 500, 502, 503, 504]);

/** An answer that is none for the vendor; undefined for all others. */
export function failedStatus(
  place: Place,
  call: Subject,
  exchange: Exchange<unknown>,
  text: string,
  isConflict: Endpoint["isConflict"],
): Failed | undefined {
  const { status, headers } = exchange;
  const fail = (facts: Omit<Facts, "outcome" | "status">, again: boolean, body?: string): Failed => ({
    place,
    error: requestError(place, call, { ...facts, outcome: outcomeOf(status), status }, body),
    again,
    retryAfterMs: again ? retryAfter(headers["retry-after"]) : 0,
  });
  if (WORTH_A_RETRY.has(status)) return fail({ reason: "status", problem: `answered ${status}` }, true, text);
  if (isConflict?.({ status, text }))
    return fail({ reason: "status", problem: `answered ${status}` }, true, text);
  if (status < 400 && headers.location !== undefined) {
    const problem = `answered ${status}, which points to ${hostOf(headers.location, place.origin)}, and redirects are not followed: set the endpoint to the server that answers itself`;
    return fail({ reason: "redirect", problem }, false);
  }
  if (wantsTls(status, text)) return fail({ reason: "tls", problem: SPEAKS_TLS }, false);
  return undefined;
}

/** A request without an answer. */
export function failedExchange(
  place: Place,
  call: Subject,
  { error, started, status }: Exchange<unknown>,
): Failed {
  const cause = error ?? new Error("no answer");
  const { again = false, ...facts } = explain(cause, place.origin, started, status);
  const outcome = started ? "unknown" : "not-sent";
  return {
    place,
    error: requestError(place, call, { ...facts, outcome, cause, ...(status > 0 && { status }) }),
    again,
    retryAfterMs: 0,
  };
}

function hostOf(location: string, origin: string): string {
  return URL.canParse(location, origin) ? new URL(location, origin).origin : "nowhere";
}

function retryAfter(value: string | undefined): number {
  if (value === undefined) return 0;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER) : 0;
}
