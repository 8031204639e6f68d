import { describe, expect, test } from "vitest";
import {
  getRatingPlan,
  getUserRatingPlan,
  listRatingPlans,
} from "../../provider/hyperstore/functions/ratingplans.ts";
import { RatingPlan } from "../../provider/hyperstore/ratingplan.ts";
import { check } from "../../provider/resource/check.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { withSession } from "./kit.ts";

const free = [{ price: "0" }];
const gold = { ratingPlanId: "Gold", name: "Gold Rating Plan" };
const storage = (...tiers: Properties[]): Properties => ({ ...gold, mapRules: { storageBytes: tiers } });
const tiered = storage({ units: "100", price: "0.20" }, { price: "0.15" });

/** The sample of section 10.2.3, as a program would write it. */
const defaultPlan = {
  ratingPlanId: "Default-RP",
  name: "Default Rating Plan",
  currency: "USD",
  mapRules: {
    storageBytes: [{ units: "1", price: "0.14" }, { units: "5", price: "0.12" }, { price: "0.1" }],
    bytesIn: [{ units: "1", price: "0.2" }, { price: "0.1" }],
    bytesOut: [{ units: "1", price: "0.2" }, { price: "0.1" }],
    httpGet: [{ units: "10", price: "0.02" }, { price: "0.01" }],
    httpPut: [{ price: "0.02" }],
    httpDelete: free,
  },
};

describe("on the wire", () => {
  test("all six dimensions are sent, and the last tier has the size 0 (10.5.3)", async () => {
    const { engine, state } = await withSession();
    await engine(RatingPlan).up(tiered);
    const none = (ruleclassType: string) => ({ ruleclassType, rules: [{ first: "0", second: "0" }] });
    expect(state.ratingPlans.get("Gold")).toEqual({
      id: "Gold",
      name: "Gold Rating Plan",
      currency: "USD",
      mapRules: {
        BI: none("BYTES_IN"),
        BO: none("BYTES_OUT"),
        HD: none("HTTP_DELETE"),
        HG: none("HTTP_GET"),
        HP: none("HTTP_PUT"),
        SB: {
          ruleclassType: "STORAGE_BYTE",
          rules: [
            { first: "100", second: "0.2" },
            { first: "0", second: "0.15" },
          ],
        },
      },
    });
  });

  test.each([
    ["0.20", "0.2"],
    ["0.2", "0.20"],
    ["1.00", "1"],
    ["007", "7"],
    ["100", "100.0"],
    ["0.0", "0"],
    ["0.10000000000000000555", "0.100000000000000005550"],
  ])("%s and %s are one price", async (mine, theirs) => {
    const { engine, state } = await withSession();
    const pulumi = engine(RatingPlan);
    await pulumi.up(storage({ price: mine }));
    const plan = state.ratingPlans.get("Gold");
    Object.assign(plan?.mapRules?.SB ?? {}, { rules: [{ first: "0", second: theirs }] });
    expect(await pulumi.refresh()).toEqual([]);
    expect(await pulumi.up(storage({ price: theirs }))).toBe("same");
  });

  test("prices that no binary fraction can tell apart are two", async () => {
    const { engine } = await withSession();
    const pulumi = engine(RatingPlan);
    await pulumi.up(storage({ price: "0.1" }));
    expect(await pulumi.up(storage({ price: "0.10000000000000000555" }))).toBe("update");
  });

  test.each([undefined, null, {}])(
    "a plan whose mapRules are %j charges nothing, as does one that names none",
    async (mapRules) => {
      const { engine, state } = await withSession();
      const pulumi = engine(RatingPlan);
      await pulumi.up(gold);
      Object.assign(state.ratingPlans.get("Gold") ?? {}, { mapRules });
      expect(await pulumi.refresh()).toEqual([]);
      expect(pulumi.state()?.inputs.mapRules).toMatchObject({ storageBytes: free, httpDelete: free });
    },
  );

  test("a last tier of another hand's that has an end is drift, and is repaired", async () => {
    const { engine, state } = await withSession();
    const pulumi = engine(RatingPlan);
    await pulumi.up(tiered);
    const plan = state.ratingPlans.get("Gold");
    Object.assign(plan?.mapRules?.SB ?? {}, { rules: [{ first: "100", second: "0.20" }] });
    const changes = await pulumi.refresh();
    expect(changes).toEqual([{ property: "mapRules.storageBytes[1]", kind: "add", replace: false }]);
    expect(await pulumi.up(tiered)).toBe("update");
    expect(await pulumi.refresh()).toEqual([]);
  });

  test("an id may hold anything, and is percent-encoded in Pulumi's", async () => {
    const { engine, ask } = await withSession();
    const ratingPlanId = "Gold & more/100% ü+";
    const pulumi = engine(RatingPlan);
    await pulumi.up({ ...tiered, ratingPlanId });
    expect(pulumi.state()?.id).toBe("Gold%20%26%20more%2F100%25%20%C3%BC%2B");
    expect(await pulumi.refresh()).toEqual([]);
    expect(await ask(getRatingPlan, { ratingPlanId })).toMatchObject({ name: "Gold Rating Plan" });
    await pulumi.destroy();
    await expect(ask(getRatingPlan, { ratingPlanId })).rejects.toThrow(`no rating plan "${ratingPlanId}"`);
  });
});

describe("the system's own plans", () => {
  test("can be imported and changed", async () => {
    const { engine, state } = await withSession();
    const pulumi = engine(RatingPlan);
    expect((await pulumi.import("Default-RP"))?.inputs).toEqual(defaultPlan);
    expect(await pulumi.up(defaultPlan)).toBe("same");
    expect(await pulumi.up({ ...defaultPlan, currency: "EUR" })).toBe("update");
    expect(state.ratingPlans.get("Default-RP")?.currency).toBe("EUR");
  });

  test.each(["Default-RP", "Whitelist-RP"])("%s is never deleted", async (id) => {
    const { engine, state } = await withSession();
    const pulumi = engine(RatingPlan);
    await pulumi.import(id);
    await expect(pulumi.destroy()).rejects.toThrow(/comes with the system.*retainOnDelete/);
    expect(state.ratingPlans.has(id)).toBe(true);
  });
});

test("a delete says that nobody knows who used the plan, and says nothing when it was gone already", async () => {
  const { engine, logs, state } = await withSession();
  const pulumi = engine(RatingPlan);
  await pulumi.up(tiered);
  const held = pulumi.state();
  await pulumi.destroy();
  expect(state.ratingPlans.has("Gold")).toBe(false);
  expect(logs).toEqual([expect.stringMatching(/^warn: rating plan "Gold" is deleted.* whose plan it was/)]);
  pulumi.setState(held);
  await pulumi.destroy();
  expect(logs).toHaveLength(1);
});

test.each([
  ["no tiers", [], "mapRules.storageBytes", /must have a tier; leave it out to charge nothing/],
  ["an end of the last tier", [{ units: "1", price: "1" }], "mapRules.storageBytes[0].units", /last tier/],
  ["no end before it", [{ price: "1" }, { price: "2" }], "mapRules.storageBytes[0].units", /but the last/],
  ["no size", [{ units: "0.0", price: "1" }, { price: "2" }], "mapRules.storageBytes[0].units", /above 0/],
  ["a price below 0", [{ price: "-1" }], "mapRules.storageBytes[0].price", /in digits/],
  ["an exponent", [{ price: "1e-3" }], "mapRules.storageBytes[0].price", /in digits/],
  ["a price as a number", [{ price: 0.2 }], "mapRules.storageBytes[0].price", /string|text/],
])("check refuses %s", (_, tiers, property, reason) => {
  const { failures } = check(RatingPlan.inputs, storage(...(tiers as Properties[])));
  expect(failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

describe("functions", () => {
  test("getRatingPlan answers what the resource has", async () => {
    const { ask } = await withSession();
    expect(await ask(getRatingPlan, { ratingPlanId: "Default-RP" })).toEqual(defaultPlan);
  });

  test("listRatingPlans answers ids as they are, not URL-encoded", async () => {
    const { ask, send } = await withSession();
    await send("PUT", "/ratingPlan", { body: { id: "Gold & more", name: "Gold", currency: "EUR" } });
    expect(await ask(listRatingPlans)).toEqual({
      ratingPlans: [
        { ratingPlanId: "Default-RP", name: "Default Rating Plan", currency: "USD" },
        { ratingPlanId: "Whitelist-RP", name: "Whitelist Rating Plan", currency: "USD" },
        { ratingPlanId: "Gold & more", name: "Gold", currency: "EUR" },
      ],
    });
  });

  test("getUserRatingPlan answers a user's plan, by region", async () => {
    const { ask, send, state, canonicalUserId } = await withSession();
    state.regions.push("East");
    const john = { groupId: "QA", userId: "John" };
    await send("POST", "/user/ratingPlanId", {
      query: { ...john, ratingPlanId: "Whitelist-RP", region: "East" },
    });
    expect(await ask(getUserRatingPlan, john)).toEqual(defaultPlan);
    expect(await ask(getUserRatingPlan, { canonicalUserId, region: "East" })).toMatchObject({
      ratingPlanId: "Whitelist-RP",
      mapRules: { storageBytes: free },
    });
  });

  test.each([
    [{ groupId: "QA", userId: "Jim" }, /there is no user "QA\/Jim", or no rating plan/],
    [{ groupId: "QA" }, /give groupId and userId, or canonicalUserId alone/],
    [{ groupId: "QA", userId: "John", region: "West" }, /Region West is not valid/],
  ])("getUserRatingPlan of %j is refused", async (args, reason) => {
    const { ask } = await withSession();
    await expect(ask(getUserRatingPlan, args)).rejects.toThrow(reason);
  });
});
