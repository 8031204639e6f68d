import type { Catalog } from "../resource/definition.ts";
import { RateLimit } from "./ratelimit.ts";
import { User } from "./user.ts";

export const cephCatalog: Catalog = { resources: [User, RateLimit], functions: [] };
