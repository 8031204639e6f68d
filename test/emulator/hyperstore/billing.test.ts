import { describe, expect, it } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { ofGroup, ofUser } from "../../../emulator/hyperstore/subjects.ts";
import type { UsageRecord } from "../../../emulator/hyperstore/usagedata.ts";
import { findUser } from "../../../emulator/hyperstore/users.ts";
import { johnsAddress, outcome, withJohn } from "./harness.ts";

const july = Date.UTC(2024, 6, 1);
const hours = 31 * 24;
const gibibyte = 1024 ** 3;
const billingPeriod = "202407";

/** John stored 108 GiB all through July 2024, as in the sample of 3.1.4. */
async function withHours(others: Partial<UsageRecord>[] = []) {
  const emulator = await withJohn();
  const { state, send } = emulator;
  const user = findUser(state, "QA", "John");
  if (!user) throw new Error("no John");
  const add = (each: Partial<UsageRecord>) =>
    state.usage.records.push({
      granularity: "hour",
      subject: ofUser(user),
      region: "region1",
      operation: "SB",
      timestamp: july,
      value: "0",
      maxValue: "0",
      count: 1,
      ...each,
    });
  for (let nth = 0; nth < hours; nth++)
    add({ timestamp: july + nth * 3_600_000, value: String(108 * gibibyte) });
  for (const each of others) add(each);
  const bill = (method: "GET" | "POST", query: Record<string, string>) =>
    send(method, "/billing", { query: { billingPeriod, ...query } });
  return { ...emulator, bill };
}

describe("bills (3.1, 3.2)", () => {
  it("are made of hourly data by the user's plan, and got once they are made", async () => {
    const { bill, canonicalUserId } = await withHours();
    expect(outcome(await bill("GET", johnsAddress))).toBe("204 ");
    const made = (await bill("POST", johnsAddress)).json();
    expect(made).toEqual({
      billID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      canonicalUserId,
      currency: "USD",
      endCal: Date.UTC(2024, 7, 1),
      groupId: "QA",
      notes: null,
      regionBills: [
        {
          currency: "USD",
          items: { SB: { item: "SB", quantity: 108, rules: "1,0.14:5,0.12:0,0.10", subtotal: 10.94 } },
          region: "region1",
          total: 10.94,
          whitelistItems: {},
          whitelistTotal: 0,
        },
      ],
      startCal: july,
      total: 10.94,
      userId: "John",
      whitelistTotal: 0,
    });
    expect((await bill("GET", johnsAddress)).json()).toEqual(made);
    expect((await bill("GET", { canonicalUserId })).json()).toEqual(made);
  });

  it("charge bytes by GiB and requests by 10,000 (10.5.3.1)", async () => {
    const { bill } = await withHours([
      { operation: "HP", value: String(2 * gibibyte), count: 75_000 },
      { operation: "HD", value: "0", count: 10_000 },
    ]);
    const { items } = (await bill("POST", johnsAddress)).json().regionBills[0];
    expect(items.BI).toMatchObject({ quantity: 2 * gibibyte, subtotal: 0.3 });
    expect(items.HP).toMatchObject({ quantity: 7.5, subtotal: 0.15 });
    expect(items.HD).toMatchObject({ quantity: 1, subtotal: 0 });
    expect(items).not.toHaveProperty("HG");
  });

  it("of a whole group go by the group's plan, for each region, and name nobody", async () => {
    const east = { subject: ofGroup("QA"), region: "East", value: String(10 * gibibyte * hours) };
    const { bill, send, state } = await withHours([east]);
    state.regions.push("East");
    const query = { groupId: "QA", ratingPlanId: "Whitelist-RP", region: "East" };
    await send("POST", "/group/ratingPlanId", { query });
    const made = (await bill("POST", { groupId: "QA" })).json();
    expect(made).toMatchObject({ groupId: "QA", userId: "", canonicalUserId: "", total: 0 });
    expect(made.regionBills).toMatchObject([
      { region: "East", items: { SB: { quantity: 10, rules: "0,0" } } },
    ]);
  });

  it("can be made for deleted users, by their canonical ids", async () => {
    const { bill, canonicalUserId, state } = await withHours();
    edit(state, { action: "recreateUser", ...johnsAddress });
    expect((await bill("POST", { canonicalUserId })).json()).toMatchObject({ canonicalUserId, total: 10.94 });
    expect(outcome(await bill("POST", johnsAddress))).toBe("204 ");
  });

  it("want a month that is over, and one of three addresses", async () => {
    const { bill, send, canonicalUserId } = await withHours();
    for (const period of ["2024", "202413", new Date().toISOString().slice(0, 7).replace("-", "")])
      expect(outcome(await bill("POST", { ...johnsAddress, billingPeriod: period }))).toBe(
        "400 Invalid billing period",
      );
    const conflict = "400 Conflicting parameters: {canonicalUserId, groupId, userId}";
    for (const method of ["GET", "POST"] as const) {
      expect(outcome(await bill(method, { ...johnsAddress, canonicalUserId }))).toBe(conflict);
      expect(outcome(await bill(method, { userId: "John" }))).toBe(conflict);
      expect(outcome(await bill(method, {}))).toBe(conflict);
      expect(outcome(await bill(method, { groupId: "QA", userId: "Jim" }))).toBe("400 User does not exist");
      expect(outcome(await send(method, "/billing", { query: johnsAddress }))).toBe(
        "400 Missing required parameter : {billingPeriod}",
      );
    }
  });
});
