import { describe, expect, test } from "vitest";
import { findUser } from "../../emulator/hyperstore/users.ts";
import { RatingPlanAssignment } from "../../provider/hyperstore/ratingplanassignment.ts";
import { withSession } from "./kit.ts";

const group = { groupId: "QA" };
const john = { groupId: "QA", userId: "John" };
const gold = { ...john, ratingPlanId: "Gold" };

/** John in QA, and a plan Gold; `plansOf` tells which plans were assigned to him, by region. */
async function withGold(...options: Parameters<typeof withSession>) {
  const session = await withSession(...options);
  const { state, engine, requests } = session;
  state.ratingPlans.set("Gold", { id: "Gold", name: "Gold", currency: "USD" });
  state.regions.push("East");
  return {
    ...session,
    pulumi: engine(RatingPlanAssignment),
    johnsPlans: () => findUser(state, "QA", "John")?.ratingPlans,
    writes: () => requests.filter(({ method, path }) => method === "POST" && path.endsWith("/ratingPlanId")),
  };
}

test.each([
  ["a group", group, "group/QA/default", "/group/ratingPlanId"],
  ["a group in a region", { ...group, region: "East" }, "group/QA/East", "/group/ratingPlanId"],
  ["a user", john, "user/QA/John/default", "/user/ratingPlanId"],
  ["a user in a region", { ...john, region: "East" }, "user/QA/John/East", "/user/ratingPlanId"],
])("the plan of %s is set, and restored", async (_, customer, id, path) => {
  const { pulumi, send } = await withGold({}, { hyperstoreDefaultRegion: "region1" });
  const shown = async () => (await send("GET", path, { query: customer })).text;
  await pulumi.up({ ...customer, ratingPlanId: "Gold" });
  expect(pulumi.state()).toMatchObject({
    id,
    outputs: { ratingPlanId: "Gold", previous: { ratingPlanId: "Default-RP" } },
  });
  expect(await shown()).toBe("Gold");
  await pulumi.up({ ...customer, ratingPlanId: "Whitelist-RP" });
  expect(await shown()).toBe("Whitelist-RP");
  await pulumi.destroy();
  expect(await shown()).toBe("Default-RP");
});

test("the default region has one id, whether or not it is named", async () => {
  const { pulumi } = await withGold({}, { hyperstoreDefaultRegion: "region1" });
  await pulumi.up({ ...gold, region: "region1" });
  expect(pulumi.state()?.id).toBe("user/QA/John/default");
  expect(await pulumi.up(gold)).toBe("same");
});

describe("a plan that is inherited", () => {
  const sameAsInherited = { ...john, ratingPlanId: "Default-RP" };

  test("is assigned by name all the same, so that it stays when the group gets another", async () => {
    const { pulumi, johnsPlans, send } = await withGold();
    await pulumi.up(sameAsInherited);
    expect(johnsPlans()).toEqual({ region1: "Default-RP" });
    await send("POST", "/group/ratingPlanId", { query: { ...group, ratingPlanId: "Gold" } });
    expect(await pulumi.refresh()).toEqual([]);
  });

  test("is assigned by the next run where the first one could not", async () => {
    const { pulumi, johnsPlans, faults } = await withGold();
    faults.add({ kind: "401", match: { method: "POST" } });
    await expect(pulumi.up(sameAsInherited)).rejects.toThrow(/401/);
    expect(johnsPlans()).toEqual({});
    await pulumi.up(sameAsInherited);
    expect(johnsPlans()).toEqual({ region1: "Default-RP" });
    expect(pulumi.state()?.outputs).not.toHaveProperty("unfinished");
  });

  test("is not touched by an import", async () => {
    const { pulumi, writes } = await withGold();
    expect((await pulumi.import("user/QA/John/default"))?.inputs).toEqual(sameAsInherited);
    expect(await pulumi.up(sameAsInherited)).toBe("same");
    expect(writes()).toEqual([]);
  });

  test("may not be shown: then there is none to go back to, and a delete says so", async () => {
    const { pulumi, johnsPlans, logs } = await withGold({ showInheritedPlans: false });
    await pulumi.up(gold);
    expect(await pulumi.refresh()).toEqual([]);
    await pulumi.destroy();
    expect(johnsPlans()).toEqual({ region1: "Gold" });
    expect(logs).toEqual([
      'warn: "user/QA/John/default" had no rating plan before, and the API cannot take one away: it keeps "Gold"',
    ]);
  });
});

test("a plan that went meanwhile is not restored, and a delete says so", async () => {
  const { pulumi, johnsPlans, logs, send } = await withGold();
  await send("PUT", "/ratingPlan", { body: { id: "Old", name: "Old" } });
  await send("POST", "/user/ratingPlanId", { query: { ...john, ratingPlanId: "Old" } });
  await pulumi.up(gold);
  await send("DELETE", "/ratingPlan", { query: { ratingPlanId: "Old" } });
  await pulumi.destroy();
  expect(johnsPlans()).toEqual({ region1: "Gold" });
  expect(logs).toEqual([expect.stringMatching(/had the rating plan "Old", which is gone, .* keeps "Gold"/)]);
});

test("kept, the plan stays when the resource goes", async () => {
  const { pulumi, johnsPlans } = await withGold();
  await pulumi.up({ ...gold, onDelete: "keep" });
  await pulumi.destroy();
  expect(johnsPlans()).toEqual({ region1: "Gold" });
});

// The server answers 200 to each of these (6.6.4, 14.24.4).
test.each([
  [
    "a plan",
    { ...john, ratingPlanId: "Golf" },
    /rating plan "Golf" cannot be assigned.* there is no such plan/,
  ],
  ["a user", { ...gold, userId: "Jim" }, /"user\/QA\/Jim\/default" cannot be set.* does not exist/],
  [
    "a group",
    { groupId: "none", ratingPlanId: "Gold" },
    /"group\/none\/default" cannot be set.* does not exist/,
  ],
])("%s that does not exist is refused before anything is written", async (_, program, reason) => {
  const { pulumi, writes } = await withGold();
  await expect(pulumi.up(program)).rejects.toThrow(reason);
  expect(writes()).toEqual([]);
});

test("an update to a plan that does not exist is refused, and can be reverted", async () => {
  const { pulumi, johnsPlans } = await withGold();
  await pulumi.up(gold);
  await expect(pulumi.up({ ...john, ratingPlanId: "Golf" })).rejects.toThrow(/there is no such plan/);
  await pulumi.up(gold);
  expect(johnsPlans()).toEqual({ region1: "Gold" });
});

test.each([
  ["the user", gold],
  ["the group", { ...group, ratingPlanId: "Gold" }],
])("it is gone with %s alone", async (_, program) => {
  const { pulumi, send, state } = await withGold({ deletionDelayMs: 0 });
  await pulumi.up(program);
  expect(await pulumi.refresh()).toEqual([]);
  const held = pulumi.state();
  await send("DELETE", "/user", { query: john });
  await send("DELETE", "/group", { query: group });
  expect(state.groups.has("QA")).toBe(false);
  expect(await pulumi.refresh()).toBe("gone");
  pulumi.setState(held);
  await pulumi.destroy();
});

test.each(["QA/John", "users/QA/John/default", "group/QA", "group/QA/John/default", "user/QA/default"])(
  "%s is no id of an assignment",
  async (id) => {
    const { pulumi } = await withGold();
    await expect(pulumi.import(id)).rejects.toThrow(`the id "${id}" is not of the form`);
  },
);
