import { expect, test } from "vitest";
import { ofGroup, ofUser } from "../../../emulator/hyperstore/subjects.ts";
import { findUser } from "../../../emulator/hyperstore/users.ts";
import { getBill } from "../../../provider/hyperstore/functions/billing.ts";
import { johnsAddress } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

const july = Date.UTC(2024, 6, 1);
const billingPeriod = "202407";

/** John and his group stored 108 GiB in the mean of July 2024. */
async function withHours() {
  const session = await withSession();
  const { state } = session;
  const user = findUser(state, "QA", "John");
  if (!user) throw new Error("no John");
  for (const subject of [ofUser(user), ofGroup("QA")])
    state.usage.records.push({
      granularity: "hour",
      subject,
      region: "region1",
      operation: "SB",
      timestamp: july,
      value: String(108 * 1024 ** 3 * 744),
      maxValue: "0",
      count: 1,
    });
  const make = (query: Record<string, string>) =>
    session.send("POST", "/billing", { query: { billingPeriod, ...query } });
  return { ...session, make };
}

test("a user's bill comes with every figure", async () => {
  const { make, ask, canonicalUserId } = await withHours();
  const { billID } = (await make(johnsAddress)).json();
  const bill = {
    billId: billID,
    canonicalUserId,
    userId: "John",
    groupId: "QA",
    startTime: july,
    endTime: Date.UTC(2024, 7, 1),
    currency: "USD",
    total: 10.94,
    whitelistTotal: 0,
    regions: [
      {
        region: "region1",
        currency: "USD",
        items: { SB: { quantity: 108, rules: "1,0.14:5,0.12:0,0.10", subtotal: 10.94 } },
        total: 10.94,
        whitelistItems: {},
        whitelistTotal: 0,
      },
    ],
  };
  expect(await ask(getBill, { ...johnsAddress, billingPeriod })).toEqual(bill);
  expect(await ask(getBill, { canonicalUserId, billingPeriod })).toEqual(bill);
});

test("a whole group's bill names nobody", async () => {
  const { make, ask } = await withHours();
  await make({ groupId: "QA" });
  const bill = await ask(getBill, { groupId: "QA", billingPeriod });
  expect(bill).toMatchObject({ groupId: "QA", total: 10.94 });
  expect(bill).not.toHaveProperty("userId");
  expect(bill).not.toHaveProperty("canonicalUserId");
});

test("regions read the same as the map that the text of 3.1.5 has and the list of its sample", async () => {
  const { make, ask, state } = await withHours();
  await make(johnsAddress);
  const args = { ...johnsAddress, billingPeriod };
  const { regions } = await ask(getBill, args);
  for (const bill of state.bills.values())
    Object.assign(bill, {
      regionBills: Object.fromEntries(bill.regionBills.map((part) => [part.region, part])),
      startCal: String(bill.startCal),
    });
  expect(await ask(getBill, args)).toMatchObject({ regions, startTime: july });
});

test("a quantity that is no longer exact is refused", async () => {
  const { make, ask, state } = await withHours();
  await make(johnsAddress);
  for (const { regionBills } of state.bills.values())
    for (const { items } of regionBills)
      items.BI = { item: "BI", quantity: 2 ** 53, rules: "0,0", subtotal: 0 };
  await expect(ask(getBill, { ...johnsAddress, billingPeriod })).rejects.toThrow(
    /the quantity of BI is beyond 9007199254740991/,
  );
});

test.each([
  [johnsAddress, "QA/John", "POST /billing?groupId=QA&userId=John&billingPeriod=202407"],
  [{ groupId: "QA" }, "the group QA", "POST /billing?groupId=QA&billingPeriod=202407"],
])("a bill that was not made yet is an error with the call that makes it: %j", async (who, whose, call) => {
  const { ask } = await withHours();
  const asked = ask(getBill, { ...who, billingPeriod });
  await expect(asked).rejects.toThrow(`no bill of ${whose} was made yet for 202407`);
  await expect(asked).rejects.toThrow(call);
});

test("what no bill can be for is refused", async () => {
  const { ask, canonicalUserId } = await withHours();
  await expect(ask(getBill, { ...johnsAddress, billingPeriod: "2024-07" })).rejects.toThrow(/a month/);
  for (const wrong of [{}, { userId: "John" }, { groupId: "QA", canonicalUserId }])
    await expect(ask(getBill, { ...wrong, billingPeriod })).rejects.toThrow(/give groupId, groupId and/);
  await expect(ask(getBill, { groupId: "QA", userId: "Jim", billingPeriod })).rejects.toThrow(
    /User does not exist/,
  );
});
