import { type Facts, HttpError } from "./errors.ts";
import { SPEAKS_TLS, tlsProblem } from "./tls.ts";

export const LARGEST_BODY = 64 * 1024 * 1024;

type Explanation = Pick<Facts, "reason" | "problem"> & { again?: boolean };

/** What an error of undici or Node means for the user, and whether another attempt may fare better. */
export function explain(error: Error, origin: string, started: boolean, status: number): Explanation {
  // a signer may have to log in first
  if (error instanceof HttpError) {
    return { reason: error.reason, problem: `cannot be signed: ${error.problem}` };
  }
  const code = codeOf(error);
  const { hostname, protocol } = new URL(origin);
  const tls = protocol === "https:" ? tlsProblem(code, error.message) : undefined;
  if (tls !== undefined) return { reason: "tls", problem: tls };
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
      if (started) break;
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
