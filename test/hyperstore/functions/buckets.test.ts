import { describe, expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { emptyUser } from "../../../emulator/hyperstore/state.ts";
import { addUser } from "../../../emulator/hyperstore/users.ts";
import {
  getBucketCount,
  getBucketId,
  getBucketTags,
  getBucketUsage,
  listBuckets,
} from "../../../provider/hyperstore/functions/buckets.ts";
import { giveBucket, john } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

const jane = { userId: "Jane", groupId: "QA" };

/** John's bucket b1, and Jane's b2 in another region. */
async function withBuckets() {
  const world = await withSession();
  world.state.regions.push("East");
  await world.send("PUT", "/user", { body: { ...john, ...jane } });
  giveBucket(world, "b1", { createTime: "1554755537223", byteCount: 600166, objectCount: 4 });
  giveBucket(world, "b2", { createTime: "1554755542554", region: "East", policyName: "ec42" }, jane);
  return world;
}

describe("a group's buckets", () => {
  test("are listed with their owners", async () => {
    const { ask } = await withBuckets();
    expect(await ask(listBuckets, { groupId: "QA" })).toEqual({
      buckets: [
        { bucketName: "b1", userId: "John", createTime: 1554755537223, region: "region1", policyName: "rf3" },
        { bucketName: "b2", userId: "Jane", createTime: 1554755542554, region: "East", policyName: "ec42" },
      ],
    });
  });

  test("are counted, in all regions or in one", async () => {
    const { ask } = await withBuckets();
    expect(await ask(getBucketCount, { groupId: "QA" })).toEqual({ bucketCount: 2 });
    expect(await ask(getBucketCount, { groupId: "QA", region: "East" })).toEqual({ bucketCount: 1 });
    await expect(ask(getBucketCount, { groupId: "QA", region: "West" })).rejects.toThrow(
      "Invalid region name",
    );
  });

  test("tell their usage", async () => {
    const { ask, state, logs } = await withBuckets();
    edit(state, { action: "changeCluster", cluster: { bucketCounters: true } });
    edit(state, { action: "changeBucket", bucketName: "b2", bucket: { byteCount: -5 } });
    const b1 = { bucketName: "b1", userId: "John", byteCount: 600166, objectCount: 4, policyName: "rf3" };
    const b2 = { bucketName: "b2", userId: "Jane", byteCount: -5, objectCount: 0, policyName: "ec42" };
    expect(await ask(getBucketUsage, { groupId: "QA" })).toEqual({ buckets: [b1, b2] });
    expect(await ask(getBucketUsage, jane)).toEqual({ buckets: [b2] });
    const one = { groupId: "QA", userId: "John", bucketName: "b1" };
    expect(await ask(getBucketUsage, one)).toEqual({ buckets: [b1] });
    expect(logs).toEqual([]);
  });

  test("warn when none is counted", async () => {
    const { ask, logs } = await withBuckets();
    expect(await ask(getBucketUsage, { groupId: "QA" })).toMatchObject({ buckets: [{ byteCount: 0 }, {}] });
    expect(logs).toEqual([expect.stringMatching(/^warn: .*"QA".* off by default.*Administrator's Guide/)]);
  });

  test("are refused when a count is beyond what a number holds", async () => {
    const { ask, state } = await withBuckets();
    edit(state, { action: "changeCluster", cluster: { bucketCounters: true } });
    edit(state, { action: "changeBucket", bucketName: "b1", bucket: { byteCount: 2 ** 53 } });
    await expect(ask(getBucketUsage, { groupId: "QA" })).rejects.toThrow(
      /bucket "b1" is beyond 9007199254740991/,
    );
  });

  test("of nobody are nothing, of no group an error", async () => {
    const { ask, logs } = await withSession();
    expect(await ask(listBuckets, { groupId: "QA" })).toEqual({ buckets: [] });
    expect(await ask(getBucketCount, { groupId: "QA" })).toEqual({ bucketCount: 0 });
    expect(await ask(getBucketUsage, { groupId: "QA" })).toEqual({ buckets: [] });
    expect(await ask(getBucketTags, { groupId: "QA" })).toEqual({ buckets: [] });
    expect(logs).toEqual([]);
    for (const definition of [listBuckets, getBucketCount, getBucketTags])
      await expect(ask(definition, { groupId: "none" })).rejects.toThrow('there is no group "none"');
    await expect(ask(getBucketUsage, { groupId: "none" })).rejects.toThrow("Group is not found");
  });

  test("are not looked for without the owner", async () => {
    const { ask } = await withSession();
    const args = { groupId: "QA", bucketName: "b1" };
    await expect(ask(getBucketUsage, args)).rejects.toThrow("bucketName needs the userId of its owner");
  });
});

test("a bucket's id is told, or that there is none", async () => {
  const { ask, state } = await withBuckets();
  const bucketId = "40cc2eba37fd82df4ce04bce2bc35a94";
  edit(state, { action: "changeBucket", bucketName: "b1", bucket: { bucketId } });
  edit(state, { action: "changeBucket", bucketName: "b2", bucket: { bucketId: null } });
  expect(await ask(getBucketId, { bucketName: "b1" })).toEqual({ bucketId });
  for (const bucketName of ["b2", "none"])
    await expect(ask(getBucketId, { bucketName })).rejects.toThrow(`no bucket "${bucketName}", or it has no`);
});

test("tags are gathered from all pages, empty ones among them", async () => {
  const { ask, requests, ...world } = await withSession();
  // With John 202 users, of whom the first and the 201st have tags, so that the second page is empty.
  for (let nth = 0; nth < 201; nth++)
    addUser(world.state, emptyUser("QA", `a${1000 + nth}`, "User"), "", false);
  const first = { userId: "a1000", groupId: "QA" };
  const last = { userId: "a1200", groupId: "QA" };
  giveBucket(world, "b1", { tags: { Project: "Project1", Manager: "jsmith" } }, first);
  giveBucket(world, "b2", { tags: { security: "public" } }, last);
  giveBucket(world, "b3", {}, last);
  requests.length = 0;
  expect(await ask(getBucketTags, { groupId: "QA" })).toEqual({
    buckets: [
      { bucketName: "b1", userId: "a1000", tags: { Project: "Project1", Manager: "jsmith" } },
      { bucketName: "b2", userId: "a1200", tags: { security: "public" } },
    ],
  });
  expect(requests.map(({ query }) => query.userId)).toEqual([undefined, "a1099", "a1199"]);
});
