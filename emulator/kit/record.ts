import type { FaultKind } from "./faults.ts";
import type { Call } from "./types.ts";

export interface RecordedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  /** What the server decided; 0 while, or because, it did not act. A fault may have hidden it from the client. */
  status: number;
  /** When it arrived, in milliseconds since 1970. */
  at: number;
  fault?: FaultKind;
}

export function record(call: Call, secretParameters: readonly string[], fault?: FaultKind): RecordedRequest {
  const query = Object.fromEntries(
    Object.entries(call.query).map(([name, value]) => [
      name,
      secretParameters.includes(name) ? "[redacted]" : value,
    ]),
  );
  const { method, path } = call;
  return { method, path, query, status: 0, at: Date.now(), ...(fault && { fault }) };
}
