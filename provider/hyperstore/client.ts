import type { Http } from "../http/index.ts";
import { callsOver } from "./client/calls.ts";
import { credentialCalls } from "./client/credential.ts";
import { groupCalls } from "./client/group.ts";
import { qosCalls } from "./client/qos.ts";
import { ratingPlanCalls } from "./client/ratingplan.ts";
import { systemCalls } from "./client/system.ts";
import { userCalls } from "./client/user.ts";
import type { Lists } from "./lists.ts";

export type HyperStore = ReturnType<typeof hyperstoreClient>;

/** The Admin API (document: Admin API Reference 8.2), one method per call, by chapters. Sections are cited at each. */
export function hyperstoreClient(http: Http, lists: Lists) {
  const calls = callsOver(http, lists.end);
  const client = {
    ...groupCalls(calls),
    ...userCalls(calls),
    ...credentialCalls(calls),
    ...ratingPlanCalls(calls),
    ...qosCalls(calls),
    ...systemCalls(calls),
  };
  return { ...client, listed: lists.over(client) };
}
