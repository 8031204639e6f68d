import type { Catalog } from "../resource/definition.ts";
import { Caps } from "./caps.ts";
import { Key } from "./key.ts";
import { Quota } from "./quota.ts";
import { RateLimit } from "./ratelimit.ts";
import { Subuser } from "./subuser.ts";
import { User } from "./user.ts";

export const cephCatalog: Catalog = {
  resources: [User, Subuser, Key, Caps, Quota, RateLimit],
  functions: [],
};
