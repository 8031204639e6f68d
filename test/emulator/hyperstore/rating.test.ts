import { describe, expect, it } from "vitest";
import { johnsAddress, outcome, withJohn } from "./harness.ts";

const group = { path: "/group/ratingPlanId", who: { groupId: "QA" }, nobody: { groupId: "none" } };
const user = { path: "/user/ratingPlanId", who: johnsAddress, nobody: { userId: "Jim", groupId: "QA" } };

describe.each([group, user])("$path (6.4, 6.6, 14.14, 14.24)", ({ path, who, nobody }) => {
  it("is Default-RP until assigned, as plain text", async () => {
    const { send } = await withJohn();
    const before = await send("GET", path, { query: who });
    expect([before.text, before.type]).toEqual(["Default-RP", "text/plain;charset=UTF-8"]);
    const assigned = await send("POST", path, { query: { ...who, ratingPlanId: "Gold" } });
    expect(outcome(assigned)).toBe("200 ");
    expect((await send("GET", path, { query: who })).text).toBe("Gold");
  });

  it("may not show what is inherited", async () => {
    const { send } = await withJohn({ showInheritedPlans: false });
    expect((await send("GET", path, { query: who })).status).toBe(204);
    await send("POST", path, { query: { ...who, ratingPlanId: "Gold" } });
    expect((await send("GET", path, { query: who })).text).toBe("Gold");
  });

  it("is assigned for one region", async () => {
    const { send, state } = await withJohn();
    state.regions.push("East");
    await send("POST", path, { query: { ...who, ratingPlanId: "Gold", region: "East" } });
    expect((await send("GET", path, { query: { ...who, region: "East" } })).text).toBe("Gold");
    expect((await send("GET", path, { query: who })).text).toBe("Default-RP");
  });

  it("refuses an unknown region and missing parameters", async () => {
    const { send } = await withJohn();
    const query = { ...who, region: "West" };
    expect(outcome(await send("GET", path, { query }))).toBe("400 Region West is not valid");
    const post = await send("POST", path, { query: { ...query, ratingPlanId: "Gold" } });
    expect(outcome(post)).toBe("400 Region West is not valid");
    expect(outcome(await send("GET", path))).toMatch(/^400 Missing Required parameters : \{/);
    expect(outcome(await send("POST", path, { query: who }))).toMatch(
      /^400 Missing Required parameters : \{.*ratingPlanId\}$/,
    );
  });

  it("answers 204 to GET and 200 to POST for what is not there", async () => {
    const { send } = await withJohn();
    expect((await send("GET", path, { query: nobody })).status).toBe(204);
    expect((await send("POST", path, { query: { ...nobody, ratingPlanId: "Gold" } })).status).toBe(200);
    expect((await send("GET", path, { query: nobody })).status).toBe(204);
  });
});

describe("GET /user/ratingPlan (14.13)", () => {
  it("gives the content, by either address", async () => {
    const { send, canonicalUserId } = await withJohn();
    for (const query of [johnsAddress, { canonicalUserId }]) {
      const plan = (await send("GET", "/user/ratingPlan", { query: query as Record<string, string> })).json();
      expect(plan).toMatchObject({ id: "Default-RP", currency: "USD", name: "Default Rating Plan" });
      expect(plan.mapRules.SB.rules).toEqual([
        { first: "1", second: "0.14" },
        { first: "5", second: "0.12" },
        { first: "0", second: "0.10" },
      ]);
    }
  });

  it("falls back to the group's plan", async () => {
    const { send } = await withJohn();
    await send("POST", group.path, { query: { groupId: "QA", ratingPlanId: "Whitelist-RP" } });
    const plan = await send("GET", "/user/ratingPlan", { query: johnsAddress });
    expect(plan.json().id).toBe("Whitelist-RP");
  });

  it("may not show the group's plan", async () => {
    const { send } = await withJohn({ showInheritedPlans: false });
    await send("POST", group.path, { query: { groupId: "QA", ratingPlanId: "Whitelist-RP" } });
    expect(outcome(await send("GET", "/user/ratingPlan", { query: johnsAddress }))).toBe("204 ");
  });

  it("answers 204 without a plan or a user, 400 without an address or a region", async () => {
    const { send } = await withJohn();
    const ask = async (query: Record<string, string>) =>
      outcome(await send("GET", "/user/ratingPlan", { query }));
    await send("POST", user.path, { query: { ...johnsAddress, ratingPlanId: "none" } });
    expect(await ask(johnsAddress)).toBe("204 ");
    expect(await ask({ userId: "Jim", groupId: "QA" })).toBe("204 ");
    expect(await ask({ userId: "John" })).toBe("400 Missing Required parameters : {userId, groupId}");
    expect(await ask({ ...johnsAddress, region: "West" })).toBe("400 Region West is not valid");
  });
});
