import { catalog } from "./catalog.ts";
import { resourceClasses } from "./host/dynamic/classes.ts";
import { createDynamicHost, type DynamicHost } from "./host/dynamic/host.ts";

/** The resources of each system, for TypeScript programs that run without the plugin. */
export const { hyperstore, ceph } = resourceClasses(catalog);

let host: DynamicHost | undefined;

/** Called by Pulumi's process of dynamic providers, from the text that the state holds: not for programs. */
export const serve: DynamicHost = (token) => {
  host ??= createDynamicHost(catalog, process.env);
  return host(token);
};
