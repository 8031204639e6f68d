import type { dynamic } from "@pulumi/pulumi";
import { configKeys } from "../../resource/config.ts";
import type { Catalog } from "../../resource/definition.ts";
import { fieldsOf } from "../../resource/fields.ts";
import { lifecycle } from "../../resource/lifecycle.ts";
import { createSession, type Log } from "../../resource/session.ts";
import type { System } from "../../resource/system.ts";
import { systemsOf } from "../../resource/vendors.ts";
import { dynamicProvider } from "./provider.ts";

export type DynamicHost = (token: string) => ReturnType<typeof dynamicProvider>;

/** What the process of dynamic providers shares between all resources: one session, configured once. */
export function createDynamicHost(catalog: Catalog, env: NodeJS.ProcessEnv): DynamicHost {
  const session = createSession({ env, log });
  let configured = false;
  const configure = ({ config }: dynamic.ConfigureRequest) => {
    // Each resource's provider is configured on its own, with the same stack's configuration.
    if (configured) return;
    configured = true;
    session.configure(stackConfig(systemsOf(catalog), config));
  };
  const providers = new Map(
    catalog.resources.map((each) => [
      each.token,
      dynamicProvider(lifecycle(each, session), Object.keys(fieldsOf(each.outputs)), configure),
    ]),
  );
  return (token) => {
    const provider = providers.get(token);
    if (!provider) throw new Error(`the tenantry package installed here has no resource "${token}"`);
    return provider;
  };
}

/** `pulumi config set tenantry:hyperstoreEndpoint …`, as for the plugin. */
function stackConfig(systems: readonly System[], config: dynamic.Config) {
  const keys = systems.flatMap((system) => configKeys(system).map(({ key }) => key));
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = config.get(`tenantry:${key}`);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** This host has no way to Pulumi's log, but shows what its process prints. */
const log: Log = (message, severity) => {
  if (severity === "debug" && process.env.TENANTRY_DEBUG !== "1") return;
  if (severity === "info") console.log(message);
  else console.error(`${severity}: ${message}`);
};
