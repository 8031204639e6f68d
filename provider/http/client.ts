import { prepare } from "./call.ts";
import { HttpError } from "./errors.ts";
import { isOver } from "./limits.ts";
import { openNodes } from "./nodes.ts";
import { createRedactor } from "./redact.ts";
import { type Policy, send } from "./retry.ts";
import { createSerial } from "./serial.ts";
import type { Connection, Endpoint, Scope } from "./types.ts";
import type { Wire } from "./wire.ts";

/** Connections to one system, over one endpoint or several. Nothing is sent before the first request. */
export function connect(endpoint: Endpoint): Connection {
  const { system } = endpoint;
  const redactor = createRedactor();
  for (const secret of endpoint.auth.secrets ?? []) redactor.add(secret);
  const policy: Policy = {
    attempts: endpoint.attempts ?? 5,
    retryBaseMs: endpoint.retryBaseMs ?? defaultRetryBaseMs(),
  };
  // As curl does, and with it every example of the vendors: a preference may change what an answer is said to be.
  const headers = { accept: "*/*", "user-agent": endpoint.userAgent ?? "tenantry" };
  const nodes = openNodes(endpoint, redactor, headers);
  const { origin } = nodes.current;
  const serial = createSerial();
  let closed: Promise<unknown> | undefined;
  const unverified = nodes.all.filter((node) => endpoint.insecure && node.origin.startsWith("https:"));
  let warned = unverified.length === 0;

  return {
    origin,
    redactor,
    bind(scope) {
      if (!warned && scope.log !== undefined) {
        warned = true;
        const origins = unverified.map((node) => node.origin).join(", ");
        scope.log(`the certificate of ${system} (${origins}) is not verified: insecure is set`, "warn");
      }
      return {
        scope,
        send: async (request) => send(nodes, policy, scope, prepare(request, headers)),
        serial: (key, write) => serial(key, scope, () => refuse(nodes.current, scope, key), write),
      };
    },
    async close() {
      closed ??= Promise.all(nodes.all.map(({ pool }) => pool.close()));
      await closed;
    },
  };
}

/** The variable is ours, for tests that let requests fail by the thousand: users have no need of it. */
function defaultRetryBaseMs(): number {
  return Number(process.env.TENANTRY_RETRY_BASE_MS) || 250;
}

/** A write that is still in its queue when the scope is over is not begun. */
function refuse({ system, origin, redactor }: Wire, scope: Scope, key: string): void {
  const over = isOver(scope);
  if (over === undefined) return;
  const wait = redactor.redact(`waiting for earlier writes to ${key}`);
  const problem = over === "aborted" ? `cancelled while ${wait}` : `gave up ${wait}; raise customTimeouts`;
  throw new HttpError(`${system} (${origin}): ${problem}`, { reason: over, outcome: "not-sent", problem });
}
