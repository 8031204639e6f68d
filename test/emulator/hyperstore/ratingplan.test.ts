import { describe, expect, it } from "vitest";
import { outcome, type Send, start, withJohn } from "./harness.ts";

const path = "/ratingPlan";
const free = (ruleclassType: string) => ({ ruleclassType, rules: [{ first: "0", second: "0" }] });
const mapRules = {
  BI: free("BYTES_IN"),
  BO: free("BYTES_OUT"),
  HD: free("HTTP_DELETE"),
  HG: free("HTTP_GET"),
  HP: free("HTTP_PUT"),
  SB: {
    ruleclassType: "STORAGE_BYTE",
    rules: [
      { first: "100", second: "0.2" },
      { first: "0", second: "0.15" },
    ],
  },
};
/** The sample of 10.5.2. */
const storageOnly = { currency: "USD", id: "Storage-Only", mapRules, name: "Storage Bytes Only" };

const get = (send: Send, ratingPlanId: string) => send("GET", path, { query: { ratingPlanId } });
const storage = (...rules: unknown[]) => ({
  ...storageOnly,
  mapRules: { ...mapRules, SB: { ruleclassType: "STORAGE_BYTE", rules } },
});

describe("PUT /ratingPlan (10.5)", () => {
  it("keeps the plan as it was sent", async () => {
    const { send } = await start();
    expect(outcome(await send("PUT", path, { body: storageOnly }))).toBe("200 ");
    expect((await get(send, "Storage-Only")).json()).toEqual(storageOnly);
  });

  it("takes a plan without rules, and dollars where no currency is named", async () => {
    const { send } = await start();
    await send("PUT", path, { body: { id: "Free", name: "Free" } });
    expect((await get(send, "Free")).json()).toEqual({ id: "Free", name: "Free", currency: "USD" });
  });

  it.each([
    ["no id", { name: "x" }, "400 Missing required parameter: {id, name}"],
    ["an empty name", { id: "x", name: "" }, "400 Missing required parameter: {id, name}"],
    ["no JSON", "{", "400 Invalid JSON Object"],
    ["an unknown attribute", { ...storageOnly, ratingPlanId: "x" }, "400 Invalid JSON Object"],
    ["five dimensions", { ...storageOnly, mapRules: { ...mapRules, SB: null } }, "400 Invalid JSON Object"],
    ["a seventh", { ...storageOnly, mapRules: { ...mapRules, XX: free("X") } }, "400 Invalid JSON Object"],
    [
      "a wrong type",
      { ...storageOnly, mapRules: { ...mapRules, BI: free("HTTP_GET") } },
      "400 Invalid JSON Object",
    ],
    ["no tiers", storage(), "400 Invalid JSON Object"],
    ["a last tier with an end", storage({ first: "5", second: "1" }), "400 Invalid JSON Object"],
    [
      "a tier without an end before others",
      storage({ first: "0.0", second: "1" }, { first: "0", second: "2" }),
      "400 Invalid JSON Object",
    ],
    ["a number", storage({ first: 0, second: "1" }), "400 Invalid JSON Object"],
    ["half a pair", storage({ first: "0" }), "400 Invalid JSON Object"],
    ["a taken id", { ...storageOnly, id: "Default-RP" }, "409 Unique Constraint Violation : Default-RP"],
  ])("refuses %s", async (_, body, expected) => {
    const { send } = await start();
    expect(outcome(await send("PUT", path, { body }))).toBe(expected);
  });
});

describe("POST /ratingPlan (10.4)", () => {
  it("replaces the whole plan", async () => {
    const { send } = await start();
    await send("PUT", path, { body: { ...storageOnly, currency: "EUR" } });
    expect(outcome(await send("POST", path, { body: { id: "Storage-Only", name: "Free" } }))).toBe("200 ");
    const expected = { id: "Storage-Only", name: "Free", currency: "USD" };
    expect((await get(send, "Storage-Only")).json()).toEqual(expected);
  });

  it.each([
    ["an unknown plan", { id: "none", name: "x" }, "400 Rating Plan does not exist"],
    ["no name", { id: "Default-RP" }, "400 Missing required parameter : {id, name}"],
    ["no JSON", "nothing", "400 Invalid JSON Object"],
    ["rules for nothing", { id: "Default-RP", name: "x", mapRules: {} }, "400 Invalid JSON Object"],
  ])("refuses %s", async (_, body, expected) => {
    const { send } = await start();
    expect(outcome(await send("POST", path, { body }))).toBe(expected);
  });
});

describe("GET /ratingPlan and /ratingPlan/list (10.2, 10.3)", () => {
  it("answers 204 for what is not there, and 400 without an id", async () => {
    const { send } = await start();
    expect(outcome(await get(send, "none"))).toBe("204 ");
    expect(outcome(await send("GET", path))).toBe("400 Missing required parameter: {ratingPlanId}");
  });

  it("lists ids, names and currencies alone, and the ids URL-encoded as well", async () => {
    const { send } = await start();
    await send("PUT", path, { body: { id: "Gold & more", name: "Gold", currency: "EUR" } });
    expect((await send("GET", `${path}/list`)).json()).toEqual([
      { currency: "USD", encodedId: "Default-RP", id: "Default-RP", name: "Default Rating Plan" },
      { currency: "USD", encodedId: "Whitelist-RP", id: "Whitelist-RP", name: "Whitelist Rating Plan" },
      { currency: "EUR", encodedId: "Gold+%26+more", id: "Gold & more", name: "Gold" },
    ]);
    expect((await get(send, "Gold & more")).json().name).toBe("Gold");
  });
});

describe("DELETE /ratingPlan (10.1)", () => {
  const remove = async (send: Send, query: Record<string, string>) =>
    outcome(await send("DELETE", path, { query }));

  it("deletes even a plan that is in use", async () => {
    const { send } = await withJohn();
    await send("PUT", path, { body: storageOnly });
    const john = { groupId: "QA", userId: "John" };
    await send("POST", "/user/ratingPlanId", { query: { ...john, ratingPlanId: "Storage-Only" } });
    expect(await remove(send, { ratingPlanId: "Storage-Only" })).toBe("200 ");
    expect(outcome(await get(send, "Storage-Only"))).toBe("204 ");
    expect((await send("GET", "/user/ratingPlanId", { query: john })).text).toBe("Storage-Only");
  });

  it("answers 400 for what is not there, and without an id", async () => {
    const { send } = await start();
    expect(await remove(send, { ratingPlanId: "none" })).toBe("400 Rating Plan does not exist");
    expect(await remove(send, {})).toBe("400 Missing required parameter : {ratingPlanId}");
  });
});
