import type { Catalog, ProviderFunction } from "../../resource/definition.ts";
import { lifecycle } from "../../resource/lifecycle.ts";
import type { Lifecycle } from "../../resource/requests.ts";
import { createSession, type Session } from "../../resource/session.ts";
import type { System } from "../../resource/system.ts";
import { packageSchema, systemsOf } from "../schema.ts";
import { type EngineLog, engineLog } from "./log.ts";

/** What all calls of one plugin process share. */
export interface Host {
  version: string;
  session: Session;
  systems: readonly System[];
  resource(urn: string): Lifecycle;
  function(token: string): ProviderFunction | undefined;
  schema(): string;
  log: EngineLog;
}

export function createHost(catalog: Catalog, version: string, env: NodeJS.ProcessEnv): Host {
  const log = engineLog();
  const session = createSession({ env, log: log.write, quiet: log.quiet });
  const resources = new Map(catalog.resources.map((each) => [each.token, lifecycle(each, session)]));
  const functions = new Map(catalog.functions.map((each) => [each.token, each]));
  return {
    version,
    session,
    systems: systemsOf(catalog),
    resource(urn) {
      const token = typeOf(urn);
      const found = resources.get(token);
      if (!found) throw new Error(`tenantry ${version} has no resource "${token}"`);
      return found;
    },
    function: (token) => functions.get(token),
    schema: () => JSON.stringify(packageSchema(catalog, version)),
    log,
  };
}

/** `urn:pulumi:stack::project::parent$type::name` */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
