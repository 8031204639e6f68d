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

export type AdminCalls = ReturnType<typeof adminCalls>;
export type HyperStore = ReturnType<typeof hyperstoreClient>;

/** The Admin API (document: Admin API Reference 8.2), one method per call, by chapters. Sections are cited at each. */
function adminCalls(calls: Calls) {
  return {
    ...policyCalls(calls),
    ...bucketCalls(calls),
    ...allowlistCalls(calls),
    ...groupCalls(calls),
    ...userCalls(calls),
    ...credentialCalls(calls),
    ...ratingPlanCalls(calls),
    ...notificationCalls(calls),
    ...qosCalls(calls),
    ...publicUrlCalls(calls),
    ...loginCalls(calls),
    ...systemCalls(calls),
    ...tieringCalls(calls),
    ...billingCalls(calls),
    ...usageCalls(calls),
    ...monitorCalls(calls),
  };
}

/** The same, with some of its methods served in another way. */
export function hyperstoreClient(
  calls: Calls,
  lists: Lists,
  otherWays: (admin: AdminCalls) => Partial<AdminCalls> = () => ({}),
) {
  const admin = adminCalls(calls);
  const client: AdminCalls = { ...admin, ...otherWays(admin) };
  return { ...client, listed: lists.over(client) };
}
