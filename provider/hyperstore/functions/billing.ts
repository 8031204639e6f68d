import * as z from "zod";
import { providerFunction } from "../../resource/definition.ts";
import { ProviderError } from "../../resource/errors.ts";
import { mapProperties } from "../../resource/value.ts";
import type { BillItem } from "../client/billing.ts";
import { count, decimal } from "../counts.ts";
import { hyperstore } from "../system.ts";
import { userOrGroup } from "./address.ts";

const items = z.record(
  z.string(),
  z
    .object({
      quantity: z
        .number()
        .describe(
          "How much was used: of `SB` GiB-months, the mean of the stored GiB over the month's hours; of `BI` and `BO` bytes; of `HG`, `HP` and `HD` tens of thousands of requests. Section 3.1.5.",
        ),
      rules: z
        .string()
        .describe(
          "The prices of the rating plan as `units,price` by tier, the last one for all further units: `1,0.14:5,0.12:0,0.10`. Section 3.1.5.",
        ),
      subtotal: z
        .number()
        .describe("What it costs, in the currency of the region's part of the bill. Section 3.1.5."),
    })
    .meta({ title: "BillItem" }),
);

const total = z
  .number()
  .describe("What it costs, without traffic from allowlisted addresses. Section 3.1.5.");
const whitelistTotal = z
  .number()
  .describe("What traffic from allowlisted addresses costs: usually nothing. Section 3.1.5.");

export const getBill = providerFunction({
  token: "tenantry:hyperstore:getBill",
  describe:
    "The bill of a user, or of a whole group, for a month. An error when no such bill was made: bills are made by `POST /billing`, or in the CMC, once the month is over, and this function only reads them. Admin API 8.2, section 3.1.",
  inputs: z
    .strictObject({
      ...userOrGroup,
      billingPeriod: z
        .string()
        .regex(/^\d{4}(0[1-9]|1[0-2])$/, { error: "must be a month written yyyyMM, such as 202407" })
        .describe("The month, as `yyyyMM`: `202407` for July 2024, in GMT. Section 3.1.2."),
    })
    .superRefine(({ groupId, userId, canonicalUserId }, context) => {
      if (
        (groupId === undefined) === (canonicalUserId === undefined) ||
        (userId !== undefined && groupId === undefined)
      )
        context.addIssue({
          code: "custom",
          message: "give groupId, groupId and userId, or canonicalUserId alone",
        });
    }),
  outputs: z.object({
    billId: z.string().describe("Id of the bill. Section 3.1.5."),
    canonicalUserId: z
      .string()
      .optional()
      .describe("Canonical id of the user; absent of a whole group. Section 3.1.5."),
    userId: z.string().optional().describe("Id of the user; absent of a whole group. Section 3.1.5."),
    groupId: z.string().describe("The group, or the group of the user. Section 3.1.5."),
    startTime: z.int().describe("Start of the month, in milliseconds since 1970 UTC. Section 3.1.5."),
    endTime: z.int().describe("End of the month, in milliseconds since 1970 UTC. Section 3.1.5."),
    currency: z.string().describe("Currency of the totals, such as `USD`. Section 3.1.5."),
    total,
    whitelistTotal,
    notes: z.string().optional().describe("Notes on the bill, if there are any. Section 3.1.5."),
    regions: z
      .array(
        z
          .object({
            region: z.string().describe("Name of the service region. Section 3.1.5."),
            currency: z.string().describe("Currency of this part of the bill. Section 3.1.5."),
            items: items.describe(
              "What is charged for, by kind: `SB` stored bytes, `BI` bytes in, `BO` bytes out, `HG`, `HP` and `HD` GET, PUT and DELETE requests. Section 3.1.5.",
            ),
            total,
            whitelistItems: items.describe("The same for traffic from allowlisted addresses. Section 3.1.5."),
            whitelistTotal,
          })
          .meta({ title: "RegionBill" }),
      )
      .describe("The parts of the bill by service region. Section 3.1.5."),
  }),
  connect: hyperstore,
  async call(api, args) {
    const bill = await api.getBill(args);
    if (!bill) throw new ProviderError("refused", noBill(args));
    const regions = Object.values(bill.regionBills).map((part) => ({
      region: part.region,
      currency: part.currency,
      items: readItems(part.items),
      total: decimal(part.total, `the total of ${part.region}`),
      whitelistItems: readItems(part.whitelistItems),
      whitelistTotal: decimal(part.whitelistTotal, `the whitelistTotal of ${part.region}`),
    }));
    return {
      billId: bill.billID,
      canonicalUserId: bill.canonicalUserId || undefined,
      userId: bill.userId || undefined,
      groupId: bill.groupId,
      startTime: count(bill.startCal, "startCal of the bill"),
      endTime: count(bill.endCal, "endCal of the bill"),
      currency: bill.currency,
      total: decimal(bill.total, "the total of the bill"),
      whitelistTotal: decimal(bill.whitelistTotal, "the whitelistTotal of the bill"),
      notes: bill.notes || undefined,
      regions,
    };
  },
});

const readItems = (found: Record<string, BillItem>) =>
  mapProperties(found, ({ quantity, rules, subtotal }, kind) => ({
    quantity: decimal(quantity, `the quantity of ${kind}`),
    rules,
    subtotal: decimal(subtotal, `the subtotal of ${kind}`),
  }));

function noBill(args: Record<string, string | undefined>): string {
  const { groupId, userId, canonicalUserId, billingPeriod = "" } = args;
  const whose = canonicalUserId ?? (userId === undefined ? `the group ${groupId}` : `${groupId}/${userId}`);
  const given = Object.entries(args).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const call = `POST /billing?${new URLSearchParams(given)}`;
  return `no bill of ${whose} was made yet for ${billingPeriod}. Once the month is over, make it with the Admin API's ${call}, or in the CMC under Account Activity, and run again (section 3.2)`;
}
