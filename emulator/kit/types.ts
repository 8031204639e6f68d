import type { IncomingHttpHeaders } from "node:http";

/** One request as a vendor's code sees it: nothing of the web framework. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The same before it was decoded. */
  readonly rawQuery: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  status: number;
  type?: string;
  body?: string;
  headers?: Readonly<Record<string, string | string[]>>;
  /** Another server's answer: its headers are all that there are, the content type included. */
  passedOn?: true;
}

export interface Route {
  method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE" | "PATCH";
  path: string;
  /** Whether the state is to be saved afterwards; by default every method but GET. */
  writes?: boolean;
  handle(call: Call): Answer | Promise<Answer>;
}

/** What the kit has to know of a vendor to serve it. */
export interface Vendor {
  routes: readonly Route[];
  /** Names of query parameters whose values never reach a record. */
  secretParameters: readonly string[];
  /** The answer to a caller that may not in; undefined lets the call through. */
  authenticate(call: Call): Answer | undefined;
  /** An error in the vendor's own form. Also serves unknown paths (404) and injected faults. */
  failure(call: Call, status: number, reason?: string): Answer;
  /** What other processes may do to the state through the control door. Throws on what it cannot do. */
  edit(request: Readonly<Record<string, unknown>>): void;
  save?(): void;
}
