import type { Pool } from "undici";
import { type Call, Signed } from "./call.ts";
import { type Place, shownPath } from "./errors.ts";
import { Exchange } from "./exchange.ts";
import { type Failed, failedExchange, failedStatus } from "./failure.ts";
import type { Reads } from "./reads.ts";
import { makeResponse } from "./response.ts";
import type { Endpoint, Response, Scope, Signer } from "./types.ts";

type Attempt = Exchange<Response | Failed>;

/** What the calls to one endpoint share. */
export interface Wire extends Place {
  readonly pool: Pool;
  readonly auth: Signer;
  readonly isConflict: Endpoint["isConflict"];
  /** The endpoint's path, which comes before each request's. */
  readonly prefix: string;
  /** Origin and prefix. */
  readonly base: string;
  readonly reads: Reads<Response | Failed>;
  /** No later read joins one that is in flight now, on any endpoint of the system. */
  forgetReads(): void;
  /** Whether it answered when it was last asked. */
  answers: boolean;
}

/** Sends a request once, or joins an equal GET in flight; undefined when the scope was over before it was begun. */
export async function attempt(
  wire: Wire,
  scope: Scope,
  call: Call,
  count: number,
): Promise<Response | Failed | undefined> {
  const { reads } = wire;
  const isRead = call.method === "GET";
  const running = isRead ? reads.find(call.key) : undefined;
  if (running !== undefined) {
    running.join(scope.deadline);
    return (await running.wait(scope.signal)) && !running.isTooLate ? judge(wire, call, running) : undefined;
  }

  const exchange: Attempt = new Exchange(call.key);
  const began = scope.log === undefined ? 0 : performance.now();
  if (isRead) reads.add(exchange);
  // No read may be answered by one that began before a write was over.
  else wire.forgetReads();
  exchange.join(scope.deadline);
  dispatch(wire, call, exchange);
  const isDone = await exchange.wait(scope.signal);
  if (isRead) reads.remove(exchange);
  else wire.forgetReads();
  if (!isDone || exchange.isTooLate) return undefined;
  const result = judge(wire, call, exchange);
  if (scope.log !== undefined && !scope.quiet)
    report(wire, scope.log, call, result, count, performance.now() - began);
  return result;
}

function report(
  wire: Wire,
  log: NonNullable<Scope["log"]>,
  call: Call,
  result: Response | Failed,
  count: number,
  ms: number,
): void {
  const answer = "again" in result ? endingOf(result) : result.status;
  const nth = count > 1 ? `, attempt ${count}` : "";
  log(
    `${call.method} ${shownPath(wire, call)} on ${wire.system}: ${answer} in ${Math.round(ms)} ms${nth}`,
    "debug",
  );
}

/** Of an answer that broke off, that it did: its status alone would look like a success. */
const endingOf = ({ error: { reason, status } }: Failed) => (reason === "status" ? status : reason);

function dispatch(wire: Wire, call: Call, exchange: Attempt): void {
  const { method, target, body = null } = call;
  const send = (signed: Record<string, string>): void => {
    wire.pool.dispatch(
      { method, path: wire.prefix + target, headers: { ...call.headers, ...signed }, body },
      exchange,
    );
  };
  const refuse = (error: unknown) =>
    exchange.onResponseError(undefined, error instanceof Error ? error : new Error(String(error)));
  try {
    const signed = wire.auth(new Signed(wire.base, call));
    if (signed instanceof Promise) signed.then(send).catch(refuse);
    else send(signed);
  } catch (error) {
    refuse(error);
  }
}

/** Made once for each exchange, whoever shares it. */
function judge(wire: Wire, call: Call, exchange: Attempt): Response | Failed {
  exchange.result ??= verdict(wire, call, exchange);
  return exchange.result;
}

function verdict(wire: Wire, call: Call, exchange: Attempt): Response | Failed {
  if (exchange.error !== undefined) return failedExchange(wire, call, exchange);
  const { status, headers } = exchange;
  const text = exchange.text();
  return (
    (status >= 300 ? failedStatus(wire, call, exchange, text, wire.isConflict) : undefined) ??
    makeResponse(wire, call, status, headers, text)
  );
}
