import { type ConfigKey, configKeys, type Environment, readConfig } from "./config.ts";
import { ProviderError } from "./errors.ts";
import type { Connection, Scope, Severity, System } from "./system.ts";
import { type Properties, reveal } from "./value.ts";

export type Log = (message: string, severity: Severity, urn?: string) => void;

/** What lives as long as one configured provider: connections, the abort of all calls, and what this run has made. */
export interface Session {
  readonly env: Environment;
  readonly adopts: boolean;
  configure(args: Properties): void;
  /** Why the system cannot be used, or undefined. */
  problem(system: System): string | undefined;
  /** A system's configuration, in plain. */
  config(system: System): Properties;
  connection<Client>(system: System<Client>): Connection<Client>;
  scope(urn: string | undefined, timeoutSeconds: number | undefined): Scope;
  cancel(): void;
  close(): Promise<void>;
  /** Objects created or adopted by this run, by `madeKey`: a delete under the same URN must not take them away again. */
  readonly made: Set<string>;
  /** By thing, who in this run's program manages it, or a part of it. */
  readonly claims: Map<string, { urn: string; whole: boolean }[]>;
  /** By kind and id, the URN under which this run has met an object, or made it; "" where the host knows none. */
  readonly holders: Map<string, string>;
  /** By URN that the state already holds, the id, "" until the engine tells it: a create under one of them is a replacement. */
  readonly known: Map<string, string>;
}

const defaultTimeoutSeconds = 20 * 60;

export interface SessionOptions {
  env: Environment;
  log: Log;
  /** Whether debug messages have no reader. */
  quiet?: boolean;
}

export function createSession({ env, log, quiet = false }: SessionOptions): Session {
  let args: Properties = {};
  const connections = new Map<string, Connection<unknown>>();
  const abort = new AbortController();

  const problems = new Map<System, string | undefined>();
  const problem = (system: System): string | undefined => {
    if (!problems.has(system)) problems.set(system, findProblem(system));
    return problems.get(system);
  };
  const findProblem = (system: System): string | undefined => {
    const { failures } = readConfig(system, args, env);
    if (failures.length === 0) return undefined;
    const keys = configKeys(system);
    const isSet = ({ key, variable }: ConfigKey) => Boolean(args[key] || env[variable]);
    const missing = keys.filter(({ key }) => failures.some(({ property }) => property === key));
    const how = missing.map(({ key, variable }) => `tenantry:${key} (or ${variable})`).join(" and ");
    if (!keys.some((each) => each.field.default === undefined && isSet(each)))
      return `${system.title} is not configured: set ${how}`;
    return `${system.title} is not configured: ${failures.map(({ property, reason }) => `${property} ${reason}`).join("; ")}`;
  };

  const config = (system: System) => reveal(readConfig(system, args, env).config) as Properties;

  return {
    env,
    adopts: env.TENANTRY_ADOPT === "1",
    made: new Set(),
    known: new Map(),
    claims: new Map(),
    holders: new Map(),
    configure(next) {
      args = next;
      problems.clear();
      this.made.clear();
      this.known.clear();
      this.claims.clear();
      this.holders.clear();
      for (const connection of connections.values()) void connection.close();
      connections.clear();
    },
    problem,
    config,
    connection<Client>(system: System<Client>) {
      let connection = connections.get(system.name);
      if (!connection) {
        const why = problem(system);
        if (why) throw new ProviderError("notConfigured", why);
        connection = system.connect(config(system));
        connections.set(system.name, connection);
      }
      return connection as Connection<Client>;
    },
    scope: (urn, timeoutSeconds) => ({
      signal: abort.signal,
      deadline: Date.now() + (timeoutSeconds || defaultTimeoutSeconds) * 1000,
      log: (message, severity = "info") => log(message, severity, urn),
      quiet,
    }),
    cancel: () => abort.abort(),
    close: async () => {
      await Promise.all([...connections.values()].map((connection) => connection.close()));
    },
  };
}
