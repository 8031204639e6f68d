import { describe, expect, it } from "vitest";
import { giveBucket, outcome, type Send, withJohn } from "./harness.ts";

async function withPolicies() {
  const emulator = await withJohn();
  emulator.state.regions.push("East");
  emulator.state.cluster.policies = [
    { policyId: "1", policyName: "rf3", region: "region1", groups: null, status: "active" },
    { policyId: "2", policyName: "ec42", region: "East", groups: ["QA"], status: "pending" },
    { policyId: "3", policyName: "old", region: "East", groups: ["Dev"], status: "deleted" },
    { policyId: "DEFAULT_East", policyName: "legacy", region: "East", groups: null, status: "disabled" },
  ];
  return emulator;
}

const ids = async (send: Send, query: Record<string, string> = {}) =>
  (await send("GET", "/bppolicy/listpolicy", { query }))
    .json()
    .map((each: { policyId: string }) => each.policyId);

describe("storage policies", () => {
  it("are listed by region, group and status, all of which must match (4.2)", async () => {
    const { send } = await withPolicies();
    expect(await ids(send)).toEqual(["1", "2", "3", "DEFAULT_East"]);
    expect(await ids(send, { region: "East" })).toEqual(["2", "3", "DEFAULT_East"]);
    expect(await ids(send, { groupId: "QA" })).toEqual(["1", "2", "DEFAULT_East"]);
    expect(await ids(send, { groupId: "QA", region: "East", status: "pending" })).toEqual(["2"]);
    expect(await ids(send, { region: "West" })).toEqual([]);
  });

  it("are got by id (5.6.3)", async () => {
    const { send } = await withPolicies();
    const get = (query = {}) => send("GET", "/bppolicy", { query });
    expect((await get({ policyId: "2" })).json()).toMatchObject({ policyName: "ec42", region: "East" });
    expect((await get({ policyId: "9" })).status).toBe(204);
    expect(outcome(await get())).toBe("400 Missing required parameter: policyId");
  });

  it("tell their buckets, but for a policy from before 5.2 (4.1)", async () => {
    const emulator = await withPolicies();
    giveBucket(emulator, "qa.tests");
    giveBucket(emulator, "archive", { policyName: "ec42" });
    giveBucket(emulator, "relic", { policyName: "legacy" });
    expect((await emulator.send("GET", "/bppolicy/bucketsperpolicy")).json()).toEqual([
      { buckets: ["qa.tests"], policyId: "1", policyName: "rf3" },
      { buckets: ["archive"], policyId: "2", policyName: "ec42" },
      { buckets: [], policyId: "3", policyName: "old" },
      { buckets: [], policyId: "DEFAULT_East", policyName: "legacy" },
    ]);
  });

  it("are made and deleted by the daily job, or when asked for (11.15)", async () => {
    const { send } = await withPolicies();
    expect(outcome(await send("POST", "/system/processProtectionPolicy"))).toBe("200 ");
    expect(await ids(send)).toEqual(["1", "2", "DEFAULT_East"]);
    expect(await ids(send, { status: "active" })).toEqual(["1", "2"]);
  });
});
