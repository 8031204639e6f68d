import type { Http } from "../http/index.ts";
import { allowlistCalls } from "./client/allowlist.ts";
import { billingCalls } from "./client/billing.ts";
import { policyCalls } from "./client/bppolicy.ts";
import { bucketCalls } from "./client/bucketops.ts";
import { callsOver, type Shared } from "./client/calls.ts";
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

export type HyperStore = ReturnType<typeof hyperstoreClient>;

/** The Admin API (document: Admin API Reference 8.2), one method per call, by chapters. Sections are cited at each. */
export function hyperstoreClient(http: Http, shared: Shared) {
  const calls = callsOver(http, shared);
  const client = {
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
  return { ...client, listed: shared.lists.over(client) };
}
