import type { RatingPlan } from "./plans.ts";
import type { UsageRecord } from "./usagedata.ts";

/** As on the wire (3.1.4). The text calls `regionBills` a map (3.1.5), the sample is a list. */
export interface Bill {
  billID: string;
  canonicalUserId: string;
  currency: string;
  endCal: number;
  groupId: string;
  notes: string | null;
  regionBills: RegionBill[];
  startCal: number;
  total: number;
  userId: string;
  whitelistTotal: number;
}

interface RegionBill {
  currency: string;
  items: Record<string, BillItem>;
  region: string;
  total: number;
  whitelistItems: Record<string, BillItem>;
  whitelistTotal: number;
}

interface BillItem {
  item: string;
  quantity: number;
  rules: string;
  subtotal: number;
}

type Rules = NonNullable<RatingPlan["mapRules"]>[string]["rules"];

/** What was used and what the plan asks for it: the sample shows nothing else (3.1.4). */
export function itemsOf(plan: RatingPlan, hours: UsageRecord[], hoursOfMonth: number) {
  const total = (operation: string, of: "value" | "count") =>
    hours
      .filter((record) => record.operation === operation)
      .reduce((sum, record) => sum + Number(record[of]), 0);
  // The quantity as the bill shows it (3.1.5), and in the units of the prices (10.5.3.1).
  const used: Record<string, { quantity: number; units: number }> = {
    SB: alike(total("SB", "value") / gibibyte / hoursOfMonth),
    BI: { quantity: total("HP", "value"), units: total("HP", "value") / gibibyte },
    BO: { quantity: total("HG", "value"), units: total("HG", "value") / gibibyte },
    HG: alike(total("HG", "count") / 10_000),
    HP: alike(total("HP", "count") / 10_000),
    HD: alike(total("HD", "count") / 10_000),
  };
  const items: Record<string, BillItem> = {};
  for (const [item, { quantity, units }] of Object.entries(used)) {
    const { rules } = plan.mapRules?.[item] ?? {};
    if (!rules || quantity === 0) continue;
    const written = rules.map(({ first, second }) => `${first},${second}`).join(":");
    items[item] = { item, quantity, rules: written, subtotal: price(units, rules) };
  }
  return items;
}

const gibibyte = 1024 ** 3;
const rounded = (amount: number): number => Math.round(amount * 100) / 100;
const alike = (units: number) => ({ quantity: rounded(units), units });

/** The first N units at one price, the next at another, the last tier, of size 0, for the rest (10.5.3). */
function price(units: number, rules: Rules): number {
  let rest = units;
  let sum = 0;
  for (const { first, second } of rules) {
    const inTier = Number(first) === 0 ? rest : Math.min(rest, Number(first));
    sum += inTier * Number(second);
    rest -= inTier;
  }
  return rounded(sum);
}
