import { describe, expect, test } from "vitest";
import {
  getBucketsPerPolicy,
  getStoragePolicy,
  listStoragePolicies,
} from "../../../provider/hyperstore/functions/policies.ts";
import { giveBucket } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

async function withPolicies() {
  const world = await withSession();
  const rf3 = {
    policyId: "1",
    policyName: "rf3",
    region: "region1",
    groups: null,
    status: "active" as const,
  };
  const ec42 = { ...rf3, policyId: "2", policyName: "ec42", region: "East", groups: ["Dev"] };
  world.state.cluster.policies = [rf3, { ...ec42, status: "pending" }];
  return { ...world, rf3, ec42: { ...ec42, status: "pending" } };
}

describe("storage policies", () => {
  test("are listed whole, with what the system says of each", async () => {
    const { ask, rf3, ec42 } = await withPolicies();
    expect(await ask(listStoragePolicies)).toEqual({
      policies: [
        { policyId: "1", policyName: "rf3", attributes: rf3 },
        { policyId: "2", policyName: "ec42", attributes: ec42 },
      ],
    });
  });

  test.each([
    [{ region: "East" }, ["2"]],
    [{ groupId: "QA" }, ["1"]],
    [{ status: "pending", groupId: "Dev" }, ["2"]],
    [{ status: "failed" }, []],
  ])("%j are %j", async (filter, ids) => {
    const { ask } = await withPolicies();
    const { policies } = await ask(listStoragePolicies, filter);
    expect((policies as { policyId: string }[]).map(({ policyId }) => policyId)).toEqual(ids);
  });

  test("know only the document's states", async () => {
    const { ask } = await withSession();
    await expect(ask(listStoragePolicies, { status: "gone" })).rejects.toThrow(/^status .*pending/);
  });

  test("are got by id", async () => {
    const { ask } = await withPolicies();
    expect(await ask(getStoragePolicy, { policyId: "2" })).toMatchObject({
      policyName: "ec42",
      attributes: { region: "East" },
    });
    await expect(ask(getStoragePolicy, { policyId: "9" })).rejects.toThrow('no storage policy "9"');
  });

  test("tell their buckets, and warn of policies that cannot", async () => {
    const { ask, logs, rf3, ...world } = await withPolicies();
    giveBucket(world, "b");
    const policies = [
      { policyId: "1", policyName: "rf3", buckets: ["b"] },
      { policyId: "2", policyName: "ec42", buckets: [] },
    ];
    expect(await ask(getBucketsPerPolicy)).toEqual({ policies });
    expect(logs).toEqual([]);
    world.state.cluster.policies.push({ ...rf3, policyId: "DEFAULT_region1" });
    await ask(getBucketsPerPolicy);
    expect(logs).toEqual([expect.stringMatching(/^warn: .*before HyperStore 5\.2.*DEFAULT_region1/)]);
  });
});
