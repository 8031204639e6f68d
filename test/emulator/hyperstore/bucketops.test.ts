import { describe, expect, it } from "vitest";
import { findBucket } from "../../../emulator/hyperstore/buckets.ts";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { supportToken } from "../../../emulator/hyperstore/purgetoken.ts";
import { giveBucket, john, outcome, withJohn } from "./harness.ts";

async function withBucket(bucket: Parameters<typeof giveBucket>[2] = {}) {
  const emulator = await withJohn();
  giveBucket(emulator, "bucket1", bucket);
  const call = async (method: string, path: string, query: Record<string, string> = {}) =>
    outcome(await emulator.send(method, path, { query: { bucketName: "bucket1", ...query } }));
  return { ...emulator, call };
}

describe("GET /bucketops/id (5.2)", () => {
  it("answers the id as plain text, if there is one", async () => {
    const { send } = await withBucket({ bucketId: "40cc2eba37fd82df4ce04bce2bc35a94" });
    const reply = await send("GET", "/bucketops/id", { query: { bucketName: "bucket1" } });
    expect([reply.text, reply.type]).toEqual([
      "40cc2eba37fd82df4ce04bce2bc35a94",
      "text/plain;charset=UTF-8",
    ]);
  });

  it("answers 204 for a bucket from before 7.0, until it is purged", async () => {
    const { call } = await withBucket({ bucketId: null });
    expect(await call("GET", "/bucketops/id")).toBe("204 ");
    expect(await call("GET", "/bucketops/id", { bucketName: "none" })).toBe("204 ");
    expect(await call("GET", "/bucketops/id", { bucketName: "" })).toBe(
      "400 Missing required parameter: bucketName",
    );
    await call("POST", "/bucketops/purge");
    expect(await call("GET", "/bucketops/id")).toMatch(/^200 [0-9a-f]{32}$/);
  });
});

describe("GET /bucketops/gettags (5.3)", () => {
  it("pages by users, with or without tagged buckets", async () => {
    const emulator = await withBucket();
    for (const userId of ["Ann", "Bea", "Cid"])
      await emulator.send("PUT", "/user", { body: { ...john, userId } });
    giveBucket(emulator, "a", { tags: { Project: "P1" } }, { userId: "Ann", groupId: "QA" });
    giveBucket(emulator, "j", { tags: { security: "public", Manager: "jsmith" } });
    const get = async (query: Record<string, string> = {}) =>
      (await emulator.send("GET", "/bucketops/gettags", { query: { groupId: "QA", ...query } })).json();
    const ann = { Ann: { a: { Project: "P1" } } };
    const johns = { John: { j: { security: "public", Manager: "jsmith" } } };
    expect(await get()).toEqual({ groupId: "QA", nextUserId: null, userBucket: { ...ann, ...johns } });
    expect(await get({ limit: "1" })).toEqual({ groupId: "QA", nextUserId: "Bea", userBucket: ann });
    const second = { groupId: "QA", nextUserId: "John", userBucket: {} };
    expect(await get({ limit: "2", userId: "Bea" })).toEqual(second);
    expect(await get({ limit: "2", userId: "John" })).toEqual({
      ...second,
      nextUserId: null,
      userBucket: johns,
    });
  });

  it("shows ten users at a time, at most a hundred, and wants a group", async () => {
    const emulator = await withJohn();
    for (let nth = 0; nth < 11; nth++)
      await emulator.send("PUT", "/user", { body: { ...john, userId: `a${nth + 10}` } });
    const get = (query: Record<string, string>) => emulator.send("GET", "/bucketops/gettags", { query });
    const inQA = { groupId: "QA" };
    expect((await get(inQA)).json().nextUserId).toBe("a19"); // after John and nine more
    expect((await get({ ...inQA, limit: "100" })).json().nextUserId).toBeNull();
    expect(outcome(await get({ ...inQA, limit: "101" }))).toBe("400 Invalid limit");
    expect(outcome(await get({}))).toBe("400 Missing required parameter : {groupId}");
  });
});

describe("POST /bucketops/purge (5.6)", () => {
  const purge = "/bucketops/purge";

  it("empties the bucket, which gets another id", async () => {
    const { call, state } = await withBucket({
      byteCount: 5,
      objectCount: 2,
      tieredBytes: 1,
      bucketId: "old",
    });
    expect(await call("POST", purge)).toBe("200 Bucket: bucket1 purged.");
    const bucket = findBucket(state, "bucket1")?.bucket;
    expect(bucket).toMatchObject({ byteCount: 0, objectCount: 0, tieredBytes: 0 });
    expect(bucket?.bucketId).not.toBe("old");
  });

  it("refuses a bucket of another region, and to delete one that is not locked", async () => {
    const { call, state } = await withBucket();
    expect(await call("POST", purge, { bucketName: "" })).toBe("400 Missing required parameter: bucketName");
    expect(await call("POST", purge, { bucketName: "none" })).toBe("400 Bucket does not exist");
    expect(await call("POST", purge, { deleteBucket: "true" })).toBe(
      "400 deleteBucket is supported only for locked buckets",
    );
    edit(state, { action: "changeBucket", bucketName: "bucket1", bucket: { region: "East" } });
    expect(await call("POST", purge)).toBe(
      "400 Purge request must be sent to region in which bucket is located",
    );
  });

  it("purges a locked bucket with a token of the vendor's, once", async () => {
    const { call, state, requests } = await withBucket({ objectLock: true });
    expect(await call("POST", purge)).toBe(
      "403 Compatible Object Lock type license is required to purge a locked bucket",
    );
    edit(state, { action: "changeCluster", cluster: { license: { objectLockMode: "COMPATIBLE" } } });
    const invalid = "403 Valid token from Cloudian Support is required to purge a locked bucket";
    expect(await call("POST", purge)).toBe(invalid);
    expect(await call("POST", purge, { token: "ONERESPONSE" })).toBe(invalid);
    const bucket = findBucket(state, "bucket1")?.bucket;
    if (!bucket) throw new Error("no bucket");
    const expired = supportToken(bucket, new Date(Date.now() - 3600_000));
    expect(await call("POST", purge, { token: expired })).toBe(invalid);
    const token = supportToken(bucket, new Date(Date.now() + 24 * 3600_000));
    expect(token).toMatch(/^\d{10}\.A\.[0-9a-f]{64}$/);
    expect(await call("POST", purge, { token })).toBe("200 Bucket: bucket1 purged.");
    expect(await call("POST", purge, { token })).toBe(invalid);
    expect(JSON.stringify(requests)).not.toContain(token);
    const another = supportToken(bucket, new Date(Date.now() + 24 * 3600_000));
    expect(await call("POST", purge, { token: another, deleteBucket: "true" })).toBe(
      "200 Bucket: bucket1 purged.",
    );
    expect(findBucket(state, "bucket1")).toBeUndefined();
  });
});

describe("GET /system/token/challenge (11.13)", () => {
  it("answers a challenge for a bucket of a system with Compatible Object Lock", async () => {
    const { send, state } = await withBucket({ objectLock: true });
    const ask = async (query: Record<string, string>) =>
      outcome(await send("GET", "/system/token/challenge", { query }));
    const params = "bucketName:bucket1";
    expect(await ask({ action: "purge", params })).toBe(
      '403 Token challenge is supported only for licensed "Compatible" Object Lock type',
    );
    edit(state, { action: "changeCluster", cluster: { license: { objectLockMode: "COMPATIBLE" } } });
    expect(await ask({ action: "purge", params })).toMatch(/^200 A\.[0-9a-f]{64}$/);
    expect(await ask({ action: "delete", params })).toBe("400 Unsupported 'action' value");
    expect(await ask({ action: "purge" })).toBe("400 Missed required parameter: action, bucketName");
    expect(await ask({ params })).toBe("400 Missed required parameter: action, bucketName");
    expect(await ask({ action: "purge", params: "bucketName:none" })).toBe("400 Bucket does not exist");
  });
});

describe("cleanUpdatesInRange (5.1, 5.4, 5.5)", () => {
  const path = "/bucketops/cleanUpdatesInRange";
  const from = { fromTimestamp: "2025-02-26T00:00:00Z" };
  const notFound = "200 CleanUpdatesInRange job not found for bucket: bucket1";

  it("runs once at a time, tells how far it is, and can be stopped", async () => {
    const { call, state } = await withBucket({ objectCount: 48 });
    edit(state, {
      action: "changeBucket",
      bucketName: "bucket1",
      bucket: { cleaningUntil: Date.now() + 60_000 },
    });
    expect(await call("POST", `${path}/go`, from)).toBe(
      "409 CleanUpdatesInRange job already started for bucket: bucket1",
    );
    expect(await call("GET", `${path}/status`)).toBe(
      "200 Bucket: bucket1 cleanUpdatesInRange processed 48 columns",
    );
    expect(await call("POST", `${path}/stop`)).toBe("200 Bucket: bucket1 cleanUpdatesInRange stopped");
    expect(await call("GET", `${path}/status`)).toBe(notFound);
    expect(await call("POST", `${path}/stop`)).toBe(notFound);
    expect(await call("POST", `${path}/go`, from)).toMatch(/^200 /);
  });

  it("wants a bucket and a valid time", async () => {
    const { call } = await withBucket();
    for (const [method, name] of [
      ["GET", "status"],
      ["POST", "go"],
      ["POST", "stop"],
    ] as const)
      expect(await call(method, `${path}/${name}`, { bucketName: "" })).toBe(
        "400 Missing required parameter: bucketName",
      );
    expect(await call("POST", `${path}/go`)).toBe(
      "400 Missing required parameter: from Timestamp or toTimestamp",
    );
    expect(await call("POST", `${path}/go`, { fromTimestamp: "yesterday" })).toBe(
      "400 Invalid timestamp: from Timestamp",
    );
    expect(await call("POST", `${path}/go`, { ...from, toTimestamp: "2025-13-01T00:00:00Z" })).toBe(
      "400 Invalid timestamp: toTimestamp",
    );
  });
});
