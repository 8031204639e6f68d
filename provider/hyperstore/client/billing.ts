import { found } from "../answers.ts";
import type { Calls, Query } from "./calls.ts";

/** Section 3.1.5, which calls `regionBills` a map; its sample is a list. The text of the times, too, is a number there. */
export interface Bill {
  billID: string;
  canonicalUserId?: string | null;
  currency: string;
  endCal: number | string;
  groupId: string;
  notes?: string | null;
  regionBills: RegionBill[] | Record<string, RegionBill>;
  startCal: number | string;
  total: number;
  userId?: string | null;
  whitelistTotal: number;
}
export interface RegionBill {
  currency: string;
  items: Record<string, BillItem>;
  region: string;
  total: number;
  whitelistItems: Record<string, BillItem>;
  whitelistTotal: number;
}
export interface BillItem {
  item: string;
  quantity: number;
  rules: string;
  subtotal: number;
}

/** Chapter 3, what reads. */
export function billingCalls({ get }: Calls) {
  return {
    /** 3.1: 204 when no bill was made for the period. */
    getBill: async (query: Query) => found<Bill>(await get("/billing", query)),
  };
}
