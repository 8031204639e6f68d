import { describe, expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { emptyUser } from "../../../emulator/hyperstore/state.ts";
import { addUser } from "../../../emulator/hyperstore/users.ts";
import {
  getByteCount,
  getBytesTiered,
  getGroupByteCount,
  getGroupObjectCount,
  getObjectCount,
} from "../../../provider/hyperstore/functions/stored.ts";
import { giveBucket, john, johnsAddress } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

const GiB = 1024 ** 3;

/** John's buckets in two regions, and a user of another group with one. */
async function withBuckets() {
  const world = await withSession();
  world.state.regions.push("East");
  const kim = { userId: "Kim", groupId: "Dev" };
  await world.send("PUT", "/group", { body: { groupId: "Dev" } });
  await world.send("PUT", "/user", { body: { ...john, ...kim } });
  giveBucket(world, "b1", { byteCount: 100, objectCount: 10, tieredBytes: 62 * GiB });
  giveBucket(world, "b2", { byteCount: 20, objectCount: 2, region: "East" });
  giveBucket(world, "b3", { byteCount: 3, objectCount: 1 }, kim);
  return world;
}

describe.each([
  { definition: getByteCount, name: "byteCount", all: 123, ofQA: 120, inEast: 20, ofBucket: 100 },
  { definition: getObjectCount, name: "objectCount", all: 13, ofQA: 12, inEast: 2, ofBucket: 10 },
])("the $name", ({ definition, name, all, ofQA, inEast, ofBucket }) => {
  test("is of the system, a group, a user or a bucket, in all regions or in one", async () => {
    const { ask, state, logs } = await withBuckets();
    edit(state, { action: "changeCluster", cluster: { bucketCounters: true } });
    expect(await ask(definition)).toEqual({ [name]: all });
    expect(await ask(definition, { groupId: "QA" })).toEqual({ [name]: ofQA });
    expect(await ask(definition, johnsAddress)).toEqual({ [name]: ofQA });
    expect(await ask(definition, { ...johnsAddress, region: "East" })).toEqual({ [name]: inEast });
    expect(await ask(definition, { ...johnsAddress, bucketName: "b1" })).toEqual({ [name]: ofBucket });
    expect(logs).toEqual([]);
  });

  test("of a bucket is 0, with a warning, where buckets are not counted", async () => {
    const { ask, logs } = await withBuckets();
    expect(await ask(definition, { ...johnsAddress, bucketName: "b1" })).toEqual({ [name]: 0 });
    expect(logs).toEqual([expect.stringMatching(/^warn: .* bucket "b1" is 0.* off by default/)]);
  });

  test("of what does not exist is an error with the server's words", async () => {
    const { ask } = await withBuckets();
    await expect(ask(definition, { groupId: "none" })).rejects.toThrow(
      /answered 400: .*Group or user not found/,
    );
    await expect(ask(definition, { ...johnsAddress, bucketName: "b3" })).rejects.toThrow("Bucket not found");
    await expect(ask(definition, { region: "West" })).rejects.toThrow("Invalid region");
  });

  test("wants a bucket's owner and a user's group", async () => {
    const { ask } = await withSession();
    await expect(ask(definition, { userId: "John" })).rejects.toThrow("userId needs the groupId of the user");
    await expect(ask(definition, { groupId: "QA", bucketName: "b1" })).rejects.toThrow(
      "bucketName needs the groupId and userId of its owner",
    );
  });

  test("beyond what a number holds is refused", async () => {
    const { ask, state } = await withBuckets();
    const bucket = { byteCount: 2 ** 53, objectCount: 2 ** 53 };
    edit(state, { action: "changeBucket", bucketName: "b1", bucket });
    await expect(ask(definition)).rejects.toThrow(/is beyond 9007199254740991/);
  });

  test("is no page of a proxy's", async () => {
    const { ask, faults } = await withSession();
    faults.add({ kind: "html", nth: "every" });
    await expect(ask(definition)).rejects.toThrow("this is a web page");
  });
});

describe.each([
  { definition: getGroupByteCount, name: "byteCount" },
  { definition: getGroupObjectCount, name: "objectCount" },
])("a group's $name by user", ({ definition, name }) => {
  test("has every user, those without data too", async () => {
    const { ask, canonicalUserId, ...world } = await withSession();
    giveBucket(world, "b1", { byteCount: 5, objectCount: 5 });
    giveBucket(world, "b2", { byteCount: 2, objectCount: 2 });
    await world.send("PUT", "/user", { body: { ...john, userId: "Jane" } });
    expect(await ask(definition, { groupId: "QA" })).toEqual({
      users: [
        { userId: "Jane", canonicalUserId: expect.stringMatching(/^[0-9a-f]{32}$/), [name]: 0 },
        { userId: "John", canonicalUserId, [name]: 7 },
      ],
    });
  });

  test("goes on after a full page", async () => {
    const { ask, state } = await withSession();
    for (let nth = 0; nth < 101; nth++) addUser(state, emptyUser("QA", `a${1000 + nth}`, "User"), "", false);
    const { users } = await ask(definition, { groupId: "QA" });
    const ids = (users as { userId: string }[]).map(({ userId }) => userId);
    expect(ids).toHaveLength(102);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test("is empty for a group without users, and an error for no group", async () => {
    const { ask, send } = await withSession();
    await send("PUT", "/group", { body: { groupId: "Dev" } });
    expect(await ask(definition, { groupId: "Dev" })).toEqual({ users: [] });
    await expect(ask(definition, { groupId: "none" })).rejects.toThrow('there is no group "none"');
  });
});

describe("the tiered bytes", () => {
  test.each([
    [62, 62],
    [2048, 2048],
    [3 * 1024 ** 2, 3 * 1024 ** 2],
    [0.5, 0],
  ])("of %d GiB are %d", async (amount, tieredGiB) => {
    const { ask, state } = await withBuckets();
    edit(state, { action: "changeBucket", bucketName: "b1", bucket: { tieredBytes: amount * GiB } });
    expect(await ask(getBytesTiered)).toEqual({ tieredGiB });
    expect(await ask(getBytesTiered, johnsAddress)).toEqual({ tieredGiB });
    expect(await ask(getBytesTiered, { groupId: "Dev" })).toEqual({ tieredGiB: 0 });
  });

  test("want a user's group", async () => {
    const { ask } = await withSession();
    await expect(ask(getBytesTiered, { userId: "John" })).rejects.toThrow(
      "userId needs the groupId of the user",
    );
  });
});
