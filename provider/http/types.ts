import type { HttpError } from "./errors.ts";
import type { Redactor } from "./redact.ts";

/** What a signer sees of a request. `headers` are those that will be sent, but for `host`. */
export interface Signable {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Answers the headers to add. It is called for every attempt, since signatures carry a date. */
export interface Signer {
  (request: Signable): Record<string, string> | Promise<Record<string, string>>;
  /** Values to keep out of every message, wherever a server echoes them. */
  readonly secrets?: readonly string[];
}

export interface Endpoint {
  /**
   * `https://host:port`, with an optional path that comes before each request's. Several are nodes of one system: the
   * first one is used until it fails to answer, then the next, and each that answers until it fails in turn.
   */
  url: string | readonly string[];
  /**
   * What each of several nodes is asked (GET) before anything else, and what in the answer tells its system from
   * others; any answer will do. By default `/`, which tells nothing.
   */
  probe?: { path: string; systemIn(answer: Response): string | undefined };
  /** The vendor's name, for messages: "HyperStore". */
  system: string;
  auth: Signer;
  /** PEM of the certificate authorities to trust, instead of those Node trusts. */
  caCert?: string;
  /** Skips the verification of the server's certificate. */
  insecure?: boolean;
  /** Most connections at a time, 16 by default. */
  connections?: number;
  /** 10,000 by default. */
  connectTimeoutMs?: number;
  /** Longest wait for the headers, and then for each part of the body; 60,000 by default. */
  headersTimeoutMs?: number;
  /** Tells the answers that ask for another try although their status does not. Nothing was done then. */
  isConflict?(answer: { status: number; text: string }): boolean;
  userAgent?: string;
  /** How often a request is sent at most, 5 by default. */
  attempts?: number;
  /** The first back-off is at most this long, each further one twice as long; 250 by default. */
  retryBaseMs?: number;
}

export interface Request {
  method: string;
  /** Begins with a slash, is percent-encoded already. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, when `json` is not given. */
  body?: string;
  headers?: Record<string, string>;
  /** It changes nothing at the server, although its method is not GET. */
  isRead?: boolean;
  /**
   * Whether sending it twice does no more than sending it once. By default true, but for POST and PATCH that are no
   * reads, and whatever comes with `settle`.
   */
  idempotent?: boolean;
  /**
   * Called after an attempt that may or may not have taken effect: answers what to return when it did, and
   * undefined when it did not, so that it can be sent again.
   */
  settle?: () => Promise<Response | undefined>;
}

export interface Response {
  status: number;
  /** Names in lower case; repeated headers are joined with a comma. */
  headers: Record<string, string>;
  text: string;
  /** Throws an HttpError with reason `not-json` that shows what came instead. */
  json<T = unknown>(): T;
  /** This answer as an error, for a vendor to throw: `detail` (its own code and message), else an excerpt. */
  error(detail?: string): HttpError;
}

/** One call's limits. */
export interface Scope {
  /** Ends waits and refuses new requests; a request in flight is awaited, so that its effect is known. */
  signal?: AbortSignal;
  /** Epoch in ms after which no request is begun. */
  deadline?: number;
  log?: (message: string, level: "debug" | "info" | "warn") => void;
  /** Nobody reads what is only debugging: the line about each request, with its redaction, is not even made. */
  quiet?: boolean;
}

export interface Http {
  readonly scope: Scope;
  /** Answers whatever status is not worth a retry; throws HttpError for everything else. */
  send(request: Request): Promise<Response>;
  /** Runs one function at a time for each key, in the order of the calls. */
  serial<T>(key: string, write: () => Promise<T>): Promise<T>;
}

export interface Connection {
  /** Of the first endpoint, whichever is used. */
  readonly origin: string;
  /** Keeps the secrets of this connection; add those that the server may echo. */
  readonly redactor: Redactor;
  bind(scope: Scope): Http;
  /** Waits for the requests in flight. */
  close(): Promise<void>;
}
