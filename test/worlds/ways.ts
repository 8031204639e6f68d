import { adminOps } from "./ceph/way.ts";
import { adminApi, iamService } from "./hyperstore/ways.ts";
import type { Way } from "./way.ts";

/** All ways to all systems of the catalog. */
export const ways = [adminApi, iamService, adminOps] as readonly Way[];
