import { allowlistCalls } from "./client/allowlist.ts";
import { billingCalls } from "./client/billing.ts";
import { policyCalls } from "./client/bppolicy.ts";
import { bucketCalls } from "./client/bucketops.ts";
import type { Calls } from "./client/calls.ts";
import { credentialCalls } from "./client/credential.ts";
import { groupCalls } from "./client/group.ts";
import { loginCalls } from "./client/login.ts";
import { monitorCalls } from "./client/monitor.ts";
import { notificationCalls } from "./client/notification.ts";
import { publicUrlCalls } from "./client/publicurl.ts";
import { qosCalls } from "./client/qos.ts";
import { ratingPlanCalls } from "./client/ratingplan.ts";
import { systemCalls } from "./client/system.ts";
import { tieringCalls } from "./client/tiering.ts";
import { usageCalls } from "./client/usage.ts";
import { userCalls } from "./client/user.ts";
import type { Lists } from "./lists.ts";

/** The Admin API (document: Admin API Reference 8.2), one method per call, by chapters. Sections are cited at each. */
const chapters = [
  policyCalls,
  bucketCalls,
  allowlistCalls,
  groupCalls,
  userCalls,
  credentialCalls,
  ratingPlanCalls,
  notificationCalls,
  qosCalls,
  publicUrlCalls,
  loginCalls,
  systemCalls,
  tieringCalls,
  billingCalls,
  usageCalls,
  monitorCalls,
] as const;

type Intersection<Each> = (Each extends unknown ? (each: Each) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
export type AdminCalls = Intersection<ReturnType<(typeof chapters)[number]>>;
export type HyperStore = AdminCalls & { listed: ReturnType<Lists["over"]> };

interface Chapters {
  calls: Calls;
  /** Those that were used, in the order of `chapters`. */
  made: Record<string, unknown>[];
}

/** Every call of a resource has a client of its own and uses two or three methods: to make all hundred takes longer than the call. */
const methods = {};
for (const [index, chapter] of chapters.entries())
  for (const name of Object.keys(chapter({} as Calls)))
    Object.defineProperty(methods, name, {
      get(this: Chapters): unknown {
        this.made[index] ??= chapter(this.calls);
        return this.made[index][name];
      },
    });

/** Some of the methods may be served in another way. */
export function hyperstoreClient(
  calls: Calls,
  lists: Lists,
  otherWays?: (admin: AdminCalls) => Partial<AdminCalls>,
): HyperStore {
  const own: Chapters = { calls, made: [] };
  const admin = Object.assign(Object.create(methods), own) as AdminCalls;
  const client = otherWays ? override(admin, otherWays(admin)) : admin;
  return Object.assign(client, { listed: lists.over(client) });
}

/** Methods that are only got from the prototype cannot be assigned over. */
function override(admin: AdminCalls, others: Partial<AdminCalls>): AdminCalls {
  return Object.create(admin, Object.getOwnPropertyDescriptors(others)) as AdminCalls;
}
