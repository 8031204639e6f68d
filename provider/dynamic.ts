import { cephCatalog } from "./ceph/index.ts";
import { resourceClasses } from "./host/dynamic/classes.ts";
import { createDynamicHost, type DynamicHost } from "./host/dynamic/host.ts";
import { hyperstoreCatalog } from "./hyperstore/index.ts";
import { joined } from "./resource/vendors.ts";

// Programs need the classes at once, so no vendor can be loaded later here.
const catalog = joined([hyperstoreCatalog, cephCatalog]);

/** The resources of each system, for TypeScript programs that run without the plugin. */
export const { hyperstore, ceph } = resourceClasses(catalog);

let host: DynamicHost | undefined;

/** Called by Pulumi's process of dynamic providers, from the text that the state holds: not for programs. */
export const serve: DynamicHost = (token) => {
  host ??= createDynamicHost(catalog, process.env);
  return host(token);
};
