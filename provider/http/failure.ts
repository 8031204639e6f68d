import { type Facts, type HttpError, outcomeOf, type Place, requestError, type Subject } from "./errors.ts";
import { type Exchange, TooLate } from "./exchange.ts";
import { SPEAKS_TLS, tlsProblem, wantsTls } from "./tls.ts";

export interface Failed {
  readonly error: HttpError;
  /** Whether another attempt may fare better. */
  readonly again: boolean;
  /** What the server's Retry-After asks for, in ms. */
  readonly retryAfterMs: number;
  /** The wait before the next attempt, the same for all callers, so that equal GETs meet again. */
  delayMs?: number;
}

export const LARGEST_BODY = 64 * 1024 * 1024;
const LONGEST_RETRY_AFTER = 60_000;
const WORTH_A_RETRY = new Set([429, 500, 502, 503, 504]);

/** An answer that is none for the vendor; undefined for all others. */
export function failedStatus(
  place: Place,
  call: Subject,
  exchange: Exchange<unknown>,
  text: string,
): Failed | undefined {
  const { status, headers } = exchange;
  const fail = (facts: Omit<Facts, "outcome" | "status">, again: boolean, body?: string): Failed => ({
    error: requestError(place, call, { ...facts, outcome: outcomeOf(status), status }, body),
    again,
    retryAfterMs: again ? retryAfter(headers["retry-after"]) : 0,
  });
  if (WORTH_A_RETRY.has(status)) return fail({ reason: "status", problem: `answered ${status}` }, true, text);
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
    error: requestError(place, call, { ...facts, outcome, cause, ...(status > 0 && { status }) }),
    again,
    retryAfterMs: 0,
  };
}

type Explanation = Pick<Facts, "reason" | "problem"> & { again?: boolean };

function explain(error: Error, origin: string, started: boolean, status: number): Explanation {
  const code = codeOf(error);
  const { hostname, protocol } = new URL(origin);
  const tls = protocol === "https:" ? tlsProblem(code, error.message) : undefined;
  if (tls !== undefined) return { reason: "tls", problem: tls };
  if (error instanceof TooLate) return { reason: "deadline", problem: "its turn came too late" };
  switch (code) {
    case "ECONNREFUSED":
      return {
        reason: "unreachable",
        problem: "connection refused: is the service up, and the port right?",
        again: true,
      };
    case "ENOTFOUND":
      return { reason: "unreachable", problem: `host ${hostname} not found: check the endpoint's host name` };
    case "EAI_AGAIN":
      return { reason: "unreachable", problem: `host ${hostname} not found for now (${code})`, again: true };
    case "UND_ERR_CONNECT_TIMEOUT":
    case "ETIMEDOUT":
      return {
        reason: "unreachable",
        problem: `no connection in time (${error.message || code})`,
        again: true,
      };
    case "UND_ERR_HEADERS_TIMEOUT":
      return {
        reason: "timeout",
        problem: "no answer in time, though connected (headers time-out)",
        again: true,
      };
    case "UND_ERR_BODY_TIMEOUT":
      return { reason: "timeout", problem: "the answer stopped half-way (body time-out)", again: true };
    case "UND_ERR_RES_EXCEEDED_MAX_SIZE":
      return { reason: "too-large", problem: `the answer is above ${LARGEST_BODY / 2 ** 20} MB` };
    case "UND_ERR_CLOSED":
    case "UND_ERR_DESTROYED":
      return { reason: "aborted", problem: "the connection is closed already" };
    case "UND_ERR_INVALID_ARG":
    case "UND_ERR_NOT_SUPPORTED":
      return { reason: "invalid", problem: `cannot be sent: ${error.message}` };
  }
  if (error.name === "HTTPParserError" && status === 0) {
    if (isTlsAlert(error)) return { reason: "tls", problem: SPEAKS_TLS };
    return { reason: "protocol", problem: `what came is no HTTP (${error.message})`, again: true };
  }
  if (!started && !isNetwork(code)) return { reason: "invalid", problem: `cannot be sent: ${error.message}` };
  if (!started)
    return { reason: "unreachable", problem: `no connection (${code || error.message})`, again: true };
  const when = status > 0 ? "in the middle of the answer" : "before the answer";
  const hint = status === 0 && protocol === "http:" ? "; if this port speaks TLS, use https://" : "";
  return {
    reason: "reset",
    problem: `the connection broke ${when} (${code || error.message})${hint}`,
    again: true,
  };
}

/** Several addresses fail as one AggregateError, whose code may be missing. */
function codeOf(error: Error & { code?: unknown }): string {
  if (typeof error.code === "string") return error.code;
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  return inner instanceof Error ? codeOf(inner) : "";
}

function isNetwork(code: string): boolean {
  return /^E[A-Z]+$/.test(code) || code === "UND_ERR_SOCKET" || code === "UND_ERR_INFO";
}

/** A TLS record of type alert, which undici shows as data that is no HTTP. */
function isTlsAlert(error: Error & { data?: unknown }): boolean {
  return typeof error.data === "string" && error.data.startsWith("\u0015\u0003");
}

function hostOf(location: string, origin: string): string {
  return URL.canParse(location, origin) ? new URL(location, origin).origin : "nowhere";
}

function retryAfter(value: string | undefined): number {
  if (value === undefined) return 0;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER) : 0;
}
