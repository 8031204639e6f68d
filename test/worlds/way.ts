import type { Served } from "../../emulator/kit/serve.ts";
import type { Scope, System } from "../../provider/resource/system.ts";
import type { Properties } from "../../provider/resource/value.ts";

/** A server of a system, of which every test that starts one has its own. */
export interface Site extends Pick<Served, "url" | "port" | "caCert" | "faults" | "requests" | "close"> {
  /** The least of the configuration that this way takes, in Pulumi's flat keys. No credential is a default. */
  config: Properties;
}

export interface SiteOptions {
  tls?: boolean;
  latencyMs?: number;
}

/** One way to reach a system: HyperStore has two, the Admin API and the IAM Service. */
export interface Way<Client = unknown> {
  name: string;
  system: System<Client>;
  start(options?: SiteOptions): Promise<Site>;
  /** The settings that say where it is, and who asks. */
  address: string;
  credentials: readonly string[];
  /** Reads something; no two numbers ask the same. */
  read(client: Client, nth: number): Promise<unknown>;
  /** Writes something that a fresh site takes. Absent where this way only reads. */
  write?(client: Client): Promise<unknown>;
  /** What settings do that no other system has, by their names. */
  trials: Readonly<Record<string, Trial>>;
}

/** Tries the effect of one setting. */
export type Trial = (bench: Bench) => Promise<void>;

/** What a trial works with. */
export interface Bench {
  /** A site of this way, which ends with the test. */
  start(options?: SiteOptions): Promise<Site>;
  /** A provider with the configuration, and with this value of the setting on trial; undefined leaves it out. */
  open(config: Properties, value: string | undefined): Opened;
}

export interface Opened {
  read(nth?: number): Promise<unknown>;
  write(): Promise<unknown>;
  /** The client, for what only this system can do. */
  client: unknown;
  /** The provider's configuration as `Definition.configured` gets it. */
  config: Properties;
  scope: Scope;
  fingerprint(): Promise<string>;
  /** What the user gets to read, as "warn: …". */
  logs: string[];
  cancel(): void;
  close(): Promise<void>;
}
