import type { z } from "zod";

export type Severity = "debug" | "info" | "warn" | "error";

/** Bounds and ears of one call: given to everything that may take time. */
export interface Scope {
  signal: AbortSignal;
  /** Milliseconds since the epoch after which no new request is sent. */
  deadline: number;
  log(message: string, severity?: Severity): void;
  /** Nobody reads debug messages, so that costly ones need not be made. */
  quiet: boolean;
}

/** What a call is about. A read changes nothing, so it may be served with the least of the privileges that there are. */
export type Use = "read" | "write";

/** A way to one configured system. */
export interface Connection<Client> {
  client(scope: Scope, use: Use): Client;
  /** Why this run writes nothing, and what to do to write; absent where it may. */
  readonly refusesWrites?: string;
  /** What tells this system from any other: an id of the vendor's where there is one, else the endpoint's origin. */
  fingerprint(scope: Scope): Promise<string>;
  close(): Promise<void>;
}

/** A kind of object store: how it is configured and how it is reached. */
export interface System<Client = unknown> {
  /** The prefix of its configuration keys and the module of its tokens, as in `hyperstoreEndpoint`. */
  name: string;
  /** As people write it, for messages. */
  title: string;
  /** The prefix of its environment variables, as in `HYPERSTORE_ENDPOINT`. */
  environment: string;
  config: z.ZodObject;
  connect(config: Record<string, unknown>): Connection<Client>;
}
