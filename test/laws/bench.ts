import { afterEach } from "vitest";
import { type ConfigKey, configKeys } from "../../provider/resource/config.ts";
import { createSession } from "../../provider/resource/session.ts";
import type { Properties } from "../../provider/resource/value.ts";
import type { Bench, Opened, Site, SiteOptions, Way } from "../worlds/way.ts";

// Requests fail often here, and none of these servers needs a rest.
process.env.TENANTRY_RETRY_BASE_MS = "1";

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** Where a user writes a setting down: texts in either place. */
export type Place = "key" | "variable";

export function benchOf(way: Way, name: string, place: Place): Bench {
  const setting = configKeys(way.system).find((each) => each.name === name);
  if (setting === undefined) throw new Error(`${way.system.name} has no setting ${name}`);
  return {
    start: (options) => start(way, options),
    open: (config, value) => open(way, ...placed(config, setting, place, value)),
  };
}

/** A site that ends with the test. */
export async function start(way: Way, options?: SiteOptions): Promise<Site> {
  const site = await way.start(options);
  ending.push(site.close);
  return site;
}

/** A provider that is configured like this. */
export function open(way: Way, config: Properties, env: Record<string, string> = {}): Opened {
  const logs: string[] = [];
  const session = createSession({
    env,
    log: (message, severity) => logs.push(`${severity}: ${message}`),
    quiet: true,
  });
  session.configure(config);
  ending.push(session.close);
  const scope = session.scope(undefined, undefined);
  const connection = () => session.connection(way.system);
  return {
    read: async (nth = 0) => way.read(connection().client(scope, "read"), nth),
    write: async () => way.write?.(connection().client(scope, "write")),
    get client() {
      return connection().client(scope, "read");
    },
    get config() {
      return session.config(way.system);
    },
    scope,
    fingerprint: async () => connection().fingerprint(scope),
    logs,
    cancel: session.cancel,
    close: session.close,
  };
}

function placed(
  config: Properties,
  { key, variable }: ConfigKey,
  place: Place,
  value: string | undefined,
): [Properties, Record<string, string>] {
  const { [key]: _, ...others } = config;
  if (value === undefined) return [others, {}];
  return place === "key" ? [{ ...others, [key]: value }, {}] : [others, { [variable]: value }];
}
