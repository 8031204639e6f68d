import { randomUUID } from "node:crypto";
import type { Answer, Call } from "../kit/types.ts";
import { type Bill, itemsOf } from "./bill.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { later, momentIn } from "./moment.ts";
import { lacks } from "./request.ts";
import { json, nothing, refuse } from "./respond.ts";
import type { State, User } from "./state.ts";
import { ofGroup, ofUser } from "./subjects.ts";
import { type Interval, isWithin } from "./usage.ts";
import type { Subject } from "./usagedata.ts";
import { findUser } from "./users.ts";

const query = ["userId", "groupId", "canonicalUserId", "billingPeriod"];

export function billingRoutes(context: Context): DocumentedRoute[] {
  return [
    { method: "GET", path: "/billing", query, handle: (call) => get(context, call) },
    { method: "POST", path: "/billing", query, handle: (call) => create(context, call) },
  ];
}

// 3.1. A period that is none has no bill: the 400 for it is POST's alone.
function get({ state }: Context, call: Call): Answer {
  const customer = customerIn(state, call);
  if ("refused" in customer) return refuse(call, 400, customer.refused);
  const bill = state.bills.get(`${customer.subject.key} ${call.query.billingPeriod}`);
  return bill ? json(bill) : nothing();
}

// 3.2. Hourly data is kept for ever here; that a bill made again takes the place of the first is a choice.
function create({ state }: Context, call: Call): Answer {
  const customer = customerIn(state, call);
  if ("refused" in customer) return refuse(call, 400, customer.refused);
  const { billingPeriod } = call.query;
  const start = momentIn(billingPeriod, "month");
  const end = start === undefined ? undefined : later(start, "month");
  // "A month that has already completed" (3.2.3).
  if (start === undefined || end === undefined || end > Date.now())
    return refuse(call, 400, "Invalid billing period");
  const bill = billFor(state, customer, { start, end });
  if (!bill) return nothing();
  state.bills.set(`${customer.subject.key} ${billingPeriod}`, bill);
  return json(bill);
}

interface Customer {
  subject: Subject;
  groupId: string;
  /** Absent for a whole group. */
  user?: User;
}

/** Deleted users have bills too, by their canonical ids (3.1.2). */
function customerIn(state: State, call: Call): Customer | { refused: string } {
  if (lacks(call, "billingPeriod")) return { refused: "Missing required parameter : {billingPeriod}" };
  const { userId, groupId, canonicalUserId } = call.query;
  const isNamed = groupId !== undefined || userId !== undefined;
  // A user without a group is none of the three ways, for which no other text is given.
  if (isNamed === Boolean(canonicalUserId) || !(groupId || canonicalUserId))
    return { refused: "Conflicting parameters: {canonicalUserId, groupId, userId}" };
  if (groupId && !userId) return { subject: ofGroup(groupId), groupId };
  const user = canonicalUserId
    ? state.users.get(canonicalUserId)
    : findUser(state, groupId ?? "", userId ?? "");
  if (!user) return { refused: "User does not exist" };
  return { subject: ofUser(user), groupId: user.info.groupId, user };
}

/** Of hourly data (3.2.3): a month without any gives no bill. */
function billFor(state: State, { subject, groupId, user }: Customer, period: Interval): Bill | undefined {
  const hours = state.usage.records.filter(
    (record) =>
      record.subject.key === subject.key && record.granularity === "hour" && isWithin(record, period),
  );
  if (hours.length === 0) return undefined;
  const regionBills = state.regions.flatMap((region) => {
    const ofRegion = hours.filter((record) => record.region === region);
    const groupsPlan = state.groups.get(groupId)?.ratingPlans[region] ?? "Default-RP";
    const plan = state.ratingPlans.get(user?.ratingPlans[region] ?? groupsPlan);
    if (ofRegion.length === 0 || !plan) return [];
    const items = itemsOf(plan, ofRegion, (period.end - period.start) / 3_600_000);
    const total = Object.values(items).reduce((sum, { subtotal }) => sum + subtotal, 0);
    const { currency } = plan;
    return [{ currency, items, region, total, whitelistItems: {}, whitelistTotal: 0 }];
  });
  return {
    billID: randomUUID(),
    canonicalUserId: user?.info.canonicalUserId ?? "",
    currency: regionBills[0]?.currency ?? "USD",
    endCal: period.end,
    groupId,
    notes: null,
    regionBills,
    startCal: period.start,
    total: regionBills.reduce((sum, { total }) => sum + total, 0),
    userId: user?.info.userId ?? "",
    whitelistTotal: 0,
  };
}
