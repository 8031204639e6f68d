import { cephCatalog } from "./ceph/index.ts";
import { hyperstoreCatalog } from "./hyperstore/index.ts";
import type { Catalog } from "./resource/definition.ts";

const vendors = [hyperstoreCatalog, cephCatalog];

/** Every resource and function of the provider. */
export const catalog: Catalog = {
  resources: vendors.flatMap(({ resources }) => resources),
  functions: vendors.flatMap(({ functions }) => functions),
};
