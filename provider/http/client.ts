// Not from "undici": its entry also loads fetch, WebSocket and caches, which is 20 ms and 9 MB of every start.
import Pool from "undici/lib/dispatcher/pool.js";
import { prepare } from "./call.ts";
import { HttpError } from "./errors.ts";
import { isOver } from "./limits.ts";
import { LARGEST_BODY } from "./network.ts";
import { createReads } from "./reads.ts";
import { createRedactor } from "./redact.ts";
import { type Policy, send } from "./retry.ts";
import { createSerial } from "./serial.ts";
import { tlsOptions } from "./tls.ts";
import type { Connection, Endpoint, Scope } from "./types.ts";
import type { Wire } from "./wire.ts";

/** A pool of connections to one endpoint. Nothing is sent before the first request. */
export function connect(endpoint: Endpoint): Connection {
  const { system, auth, connections = 16, connectTimeoutMs = 10_000, headersTimeoutMs = 60_000 } = endpoint;
  const { origin, pathname, protocol } = parse(endpoint);
  const redactor = createRedactor();
  for (const secret of auth.secrets ?? []) redactor.add(secret);

  const pool = new Pool(origin, {
    connections,
    connect: { timeout: connectTimeoutMs, ...(protocol === "https:" && tlsOptions(endpoint)) },
    headersTimeout: headersTimeoutMs,
    bodyTimeout: headersTimeoutMs,
    maxResponseSize: LARGEST_BODY,
  });
  const prefix = pathname.replace(/\/+$/, "");
  const wire: Wire = {
    system,
    origin,
    redactor,
    pool,
    auth,
    prefix,
    base: origin + prefix,
    reads: createReads(),
  };
  const policy: Policy = {
    attempts: endpoint.attempts ?? 5,
    retryBaseMs: endpoint.retryBaseMs ?? defaultRetryBaseMs(),
  };
  // As curl does, and with it every example of the vendors: a preference may change what an answer is said to be.
  const headers = { accept: "*/*", "user-agent": endpoint.userAgent ?? "tenantry" };
  const serial = createSerial();
  let closed: Promise<void> | undefined;
  let warned = protocol !== "https:" || endpoint.insecure !== true;

  return {
    origin,
    redactor,
    bind(scope) {
      if (!warned && scope.log !== undefined) {
        warned = true;
        scope.log(`the certificate of ${system} (${origin}) is not verified: insecure is set`, "warn");
      }
      return {
        scope,
        send: async (request) => send(wire, policy, scope, prepare(request, headers)),
        serial: (key, write) => serial(key, scope, () => refuse(wire, scope, key), write),
      };
    },
    close() {
      closed ??= pool.close();
      return closed;
    },
  };
}

/** The variable is ours, for tests that let requests fail by the thousand: users have no need of it. */
function defaultRetryBaseMs(): number {
  return Number(process.env.TENANTRY_RETRY_BASE_MS) || 250;
}

function parse({ url, system }: Endpoint): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new Error(`the endpoint of ${system} must be a URL such as https://host:port`);
  }
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "" || parsed.hash !== "") {
    throw new Error(`the endpoint of ${system} must have no user, password, query or fragment`);
  }
  return parsed;
}

/** A write that is still in its queue when the scope is over is not begun. */
function refuse({ system, origin, redactor }: Wire, scope: Scope, key: string): void {
  const over = isOver(scope);
  if (over === undefined) return;
  const wait = redactor.redact(`waiting for earlier writes to ${key}`);
  const problem = over === "aborted" ? `cancelled while ${wait}` : `gave up ${wait}; raise customTimeouts`;
  throw new HttpError(`${system} (${origin}): ${problem}`, { reason: over, outcome: "not-sent", problem });
}
