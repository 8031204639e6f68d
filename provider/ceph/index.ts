import type { Catalog } from "../resource/definition.ts";
import { User } from "./user.ts";

export const cephCatalog: Catalog = { resources: [User], functions: [] };
