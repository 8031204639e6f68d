// Not from "undici": its entry also loads fetch, WebSocket and caches, which is 20 ms and 9 MB of every start.
import Pool from "undici/lib/dispatcher/pool.js";
import { type Call, prepare } from "./call.ts";
import { factsOf } from "./endings.ts";
import { type Facts, type HttpError, type Reason, requestError } from "./errors.ts";
import type { Failed } from "./failure.ts";
import { isOver } from "./limits.ts";
import { LARGEST_BODY } from "./network.ts";
import { createReads } from "./reads.ts";
import type { Redactor } from "./redact.ts";
import { type TlsOptions, tlsOptions } from "./tls.ts";
import type { Endpoint, Response, Scope } from "./types.ts";
import { attempt, type Wire } from "./wire.ts";

/** The endpoints of one system, any of which answers for it. One at a time is used, until it fails to answer. */
export interface Nodes {
  readonly all: readonly Wire[];
  current: Wire;
  /** What one of several is asked before anything else. */
  readonly probe: Call;
  systemIn(answer: Response): string | undefined;
  /** Which system the first node that told belongs to. */
  system?: { name: string; origin: string };
}

export function openNodes(endpoint: Endpoint, redactor: Redactor, headers: Record<string, string>): Nodes {
  const { system, auth, isConflict, probe = { path: "/", systemIn: () => undefined } } = endpoint;
  const urls = [endpoint.url].flat().map((url) => parse(url, system));
  const tls = urls.some(({ protocol }) => protocol === "https:") ? tlsOptions(endpoint) : undefined;
  const forgetReads = () => {
    for (const { reads } of all) reads.clear();
  };
  const all = urls.map(({ origin, pathname }): Wire => {
    const prefix = pathname.replace(/\/+$/, "");
    const [pool, base] = [poolOf(origin, endpoint, tls), origin + prefix];
    const reads = createReads<Response | Failed>();
    const shared = { system, redactor, auth, isConflict, forgetReads };
    return { ...shared, origin, pool, prefix, base, reads, answers: false };
  });
  const [current] = all;
  if (current === undefined) throw new Error(`${system} needs an endpoint`);
  const { path, systemIn } = probe;
  return { all, current, probe: prepare({ method: "GET", path }, headers), systemIn };
}

function poolOf(origin: string, endpoint: Endpoint, tls: TlsOptions | undefined): Pool {
  const { connections = 16, connectTimeoutMs = 10_000, headersTimeoutMs = 60_000 } = endpoint;
  return new Pool(origin, {
    connections,
    connect: { timeout: connectTimeoutMs, ...(origin.startsWith("https:") && tls) },
    headersTimeout: headersTimeoutMs,
    bodyTimeout: headersTimeoutMs,
    maxResponseSize: LARGEST_BODY,
  });
}

function parse(url: string, system: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new Error(`the endpoint of ${system} must be a URL such as https://host:port`);
  }
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "" || parsed.hash !== "") {
    throw new Error(`the endpoint of ${system} must have no user, password, query or fragment`);
  }
  return parsed;
}

const silent: readonly Reason[] = ["unreachable", "tls", "timeout", "reset", "protocol"];

/** Whether a node has given no answer, so that another one may be asked. Error statuses are answers. */
export const isSilence = ({ reason }: HttpError): boolean => silent.includes(reason);

/** Sends a request once, to the node in use; one that gives no answer is left for the next. */
export async function attemptOn(
  nodes: Nodes,
  scope: Scope,
  call: Call,
  count: number,
): Promise<Response | Failed | undefined> {
  const node = nodes.current;
  if (nodes.all.length === 1) return attempt(node, scope, call, count);
  const unfit = node.answers ? undefined : await probed(nodes, node, scope, call);
  if (isOver(scope)) return undefined;
  const result = unfit ?? (await attempt(node, scope, call, count));
  if (result !== undefined && "again" in result && isSilence(result.error)) {
    node.answers = false;
    if (nodes.current === node) leave(nodes, result.error, scope);
  }
  return result;
}

/**
 * Why a node gets no request: it does not answer, and what became of a write on a broken node would be hard to find
 * out; or it belongs to another system, where nothing that is missing is deleted and nothing is ours to change.
 */
async function probed(nodes: Nodes, node: Wire, scope: Scope, call: Call): Promise<Failed | undefined> {
  const answer = await attempt(node, scope, nodes.probe, 1);
  if (answer === undefined) return undefined;
  const refuse = (facts: Omit<Facts, "outcome">): HttpError =>
    requestError(node, call, { ...facts, problem: `not sent, for ${facts.problem}`, outcome: "not-sent" });
  if ("again" in answer) {
    const problem = `GET ${nodes.probe.target} did not go well: ${answer.error.problem}`;
    return { ...answer, error: refuse({ ...factsOf(answer.error), problem, cause: answer.error }) };
  }
  const name = nodes.systemIn(answer);
  const { system } = nodes;
  if (name !== undefined && system !== undefined && name !== system.name) {
    const problem = `this endpoint belongs to another system: ${name} here, ${system.name} at ${system.origin}; give endpoints of one system`;
    return { place: node, error: refuse({ reason: "invalid", problem }), again: false, retryAfterMs: 0 };
  }
  if (name !== undefined) nodes.system ??= { name, origin: node.origin };
  node.answers = true;
  return undefined;
}

function leave(nodes: Nodes, { problem }: HttpError, { log }: Scope): void {
  const left = nodes.current;
  nodes.current = nodes.all[(nodes.all.indexOf(left) + 1) % nodes.all.length] ?? left;
  const { system, origin } = nodes.current;
  log?.(`${system} does not answer at ${left.origin} (${problem}); going on at ${origin}`, "warn");
}
