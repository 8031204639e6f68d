import type { Catalog } from "../resource/definition.ts";

export const cephCatalog: Catalog = { resources: [], functions: [] };
