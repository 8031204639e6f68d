import type { Catalog, ProviderFunction } from "../../resource/definition.ts";
import { lifecycle } from "../../resource/lifecycle.ts";
import type { Lifecycle } from "../../resource/requests.ts";
import { createSession, type Session } from "../../resource/session.ts";
import type { System } from "../../resource/system.ts";
import { systemsOf, type Vendors, vendorsOfKeys } from "../../resource/vendors.ts";
import { type EngineLog, engineLog } from "./log.ts";

/** What is served, and by whom. */
export interface Served {
  vendors: Vendors;
  version: string;
  /** The text of the package's schema. */
  schema(): Promise<string>;
}

/** What all calls of one plugin process share. A vendor is loaded with the first question that is about it. */
export interface Host extends Pick<Served, "version" | "schema"> {
  session: Session;
  resource(urn: string): Promise<Lifecycle>;
  function(token: string): Promise<ProviderFunction>;
  /** The systems that these settings may be of. */
  systems(keys: readonly string[]): Promise<System[]>;
  log: EngineLog;
}

export function createHost({ vendors, version, schema }: Served, env: NodeJS.ProcessEnv): Host {
  const log = engineLog();
  const session = createSession({ env, log: log.write, quiet: log.quiet });
  const load = async (name: string): Promise<Catalog> =>
    (Object.hasOwn(vendors, name) && (await vendors[name]?.())) || { resources: [], functions: [] };

  async function find<Kind extends keyof Catalog>(kind: Kind, token: string): Promise<Catalog[Kind][number]> {
    const { [kind]: all } = await load(token.split(":")[1] ?? "");
    const found = all.find((each) => each.token === token);
    if (!found) throw new Error(`tenantry ${version} has no ${kind.slice(0, -1)} "${token}"`);
    return found;
  }

  const resources = new Map<string, Promise<Lifecycle>>();
  const opened = async (token: string) => lifecycle(await find("resources", token), session);
  return {
    version,
    schema,
    session,
    resource(urn) {
      const token = typeOf(urn);
      const known = resources.get(token) ?? opened(token);
      resources.set(token, known);
      return known;
    },
    function: (token) => find("functions", token),
    systems: async (keys) => (await Promise.all(vendorsOfKeys(vendors, keys).map(load))).flatMap(systemsOf),
    log,
  };
}

/** `urn:pulumi:stack::project::parent$type::name` */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").at(-1) ?? "";
