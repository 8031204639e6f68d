import { expect, test } from "vitest";
import { checkBucketIndex, getBucket, listBuckets } from "../../../provider/ceph/functions/buckets.ts";
import { encoded, must } from "../support/ask.ts";
import { makeBucket, makeUser, onEachRelease, sessionOn, sessionOnAnswer } from "./kit.ts";

const time = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/);
const hello = { sizeBytes: 5, sizeActualBytes: 4096, numObjects: 1 };

onEachRelease((radosgw, release) => {
  test("a bucket is told with its owner, what is in it, and its quota", async () => {
    const user = await makeUser(radosgw());
    const bucket = await makeBucket(user);
    await must(user, "PUT", `/${bucket}/object`, "hello");
    await must(
      radosgw(),
      "PUT",
      `/admin/bucket?quota&uid=${user.uid}&bucket=${bucket}&max-size-kb=8&max-objects=9&enabled=true`,
    );
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getBucket, { bucket })).toEqual({
      bucket,
      id: expect.stringMatching(/^[\w-]+\.\d+\.\d+$/),
      owner: user.uid,
      zonegroup: expect.stringMatching(/^[\w-]{36}$/),
      placementRule: "default-placement",
      numShards: 11,
      indexType: "Normal",
      ...(release !== "pacific" && { versioning: "off", objectLockEnabled: false, mfaEnabled: false }),
      creationTime: time,
      mtime: time,
      usage: { "rgw.main": hello },
      total: hello,
      bucketQuota: { enabled: true, maxSizeBytes: 8192, maxObjects: 9 },
    });
  });

  test("the total has what is of an unfinished upload too", async () => {
    const user = await makeUser(radosgw());
    const bucket = await makeBucket(user);
    await must(user, "PUT", `/${bucket}/object`, "hello");
    const upload = await must(user, "POST", `/${bucket}/large?uploads=`);
    const id = /<UploadId>(.*)<\/UploadId>/.exec(upload.text)?.[1] ?? "";
    await must(user, "PUT", `/${bucket}/large?partNumber=1&uploadId=${encoded(id)}`, "part");
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getBucket, { bucket })).toMatchObject({
      usage: { "rgw.main": { sizeBytes: 9, numObjects: 2 }, "rgw.multimeta": { numObjects: 1 } },
      total: { sizeBytes: 9, numObjects: 3 },
    });
  });

  test("a bucket of a tenant is named with it", async () => {
    const user = await makeUser(radosgw(), { tenant: "ten" });
    const bucket = await makeBucket(user);
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getBucket, { bucket: `ten/${bucket}` })).toMatchObject({
      bucket: `ten/${bucket}`,
      owner: user.uid,
      usage: {},
      total: { sizeBytes: 0, sizeActualBytes: 0, numObjects: 0 },
    });
    await expect(ask(getBucket, { bucket })).rejects.toThrow(`there is no bucket "${bucket}"`);
  });

  test("a quota beyond 2^53 is refused, not rounded", async () => {
    const user = await makeUser(radosgw());
    const bucket = await makeBucket(user);
    const { ask } = await sessionOn(radosgw());
    const quota = `/admin/bucket?quota&uid=${user.uid}&bucket=${bucket}&max-objects=9007199254740993`;
    await must(radosgw(), "PUT", quota);
    const refusal = `the most objects of the quota of bucket "${bucket}" is beyond 9007199254740991`;
    await expect(ask(getBucket, { bucket })).rejects.toThrow(refusal);
    await expect(ask(listBuckets, { uid: user.uid, stats: true })).rejects.toThrow(refusal);
    expect(await ask(listBuckets, { uid: user.uid })).toEqual({ buckets: [bucket] });
  });

  test.each(["", "ten"])('the buckets of a user of tenant "%s" are listed', async (tenant) => {
    const user = await makeUser(radosgw(), { tenant });
    const other = await makeUser(radosgw());
    const names = [await makeBucket(user), await makeBucket(user)].sort();
    const made = names.map((name) => (tenant === "" ? name : `${tenant}/${name}`));
    const others = await makeBucket(other);
    const { ask } = await sessionOn(radosgw());
    expect(await ask(listBuckets, { uid: user.uid })).toEqual({ buckets: made });
    const { buckets, details } = await ask(listBuckets, { uid: user.uid, stats: true });
    expect(buckets).toEqual(made);
    expect(details).toEqual(await Promise.all(made.map((bucket) => ask(getBucket, { bucket }))));
    for (const stats of [false, true]) {
      const all = (await ask(listBuckets, { stats })) as {
        buckets: string[];
        details?: { bucket: string }[];
      };
      expect(all.buckets).toEqual(expect.arrayContaining([...made, others]));
      expect(all.buckets).toEqual([...all.buckets].sort());
      expect(all.details?.map(({ bucket }) => bucket)).toEqual(stats ? all.buckets : undefined);
    }
  });

  test("a user without buckets has none, and nobody is an error", async () => {
    const { uid } = await makeUser(radosgw());
    const { ask } = await sessionOn(radosgw());
    expect(await ask(listBuckets, { uid })).toEqual({ buckets: [] });
    expect(await ask(listBuckets, { uid, stats: true })).toEqual({ buckets: [], details: [] });
    for (const stats of [false, true])
      await expect(ask(listBuckets, { uid: "nobody", stats })).rejects.toThrow('there is no user "nobody"');
  });

  test("an index is checked, and nothing is mended", async () => {
    const user = await makeUser(radosgw());
    const bucket = await makeBucket(user);
    const { ask, requests } = await sessionOn(radosgw());
    expect(await ask(checkBucketIndex, { bucket })).toEqual({
      consistent: true,
      invalidMultipartEntries: [],
      existing: {},
      calculated: {},
    });
    await must(user, "PUT", `/${bucket}/object`, "hello");
    const usage = { "rgw.main": hello };
    expect(await ask(checkBucketIndex, { bucket })).toMatchObject({
      consistent: true,
      existing: usage,
      calculated: usage,
    });
    for (const { method, query } of requests)
      expect({ method, ...query }).toMatchObject({ method: "GET", fix: "false", "check-objects": "false" });
    await expect(ask(checkBucketIndex, { bucket: "none" })).rejects.toThrow('there is no bucket "none"');
  });

  test("a capability that is lacking is named: to check an index takes that to write", async () => {
    const reader = await makeUser(radosgw(), { query: "&user-caps=buckets%3Dread" });
    const nobody = await makeUser(radosgw());
    const bucket = await makeBucket(nobody);
    const { ask } = await sessionOn(reader);
    expect(await ask(getBucket, { bucket })).toMatchObject({ bucket });
    await expect(ask(checkBucketIndex, { bucket })).rejects.toThrow(/lacks the capability buckets=write/);
    const { ask: askAsNobody } = await sessionOn(nobody);
    for (const definition of [getBucket, listBuckets])
      await expect(askAsNobody(definition, definition === getBucket ? { bucket } : {})).rejects.toThrow(
        /lacks the capability buckets=read/,
      );
  });

  test("what is no name of a bucket is refused before it is asked for", async () => {
    const { ask, requests } = await sessionOn(radosgw());
    for (const bucket of ["", "a/b/c", "a:b", "te-n/b"])
      await expect(ask(getBucket, { bucket })).rejects.toThrow("bucket must be the name of a bucket");
    await expect(ask(getBucket, { bucket: "a\nb" })).rejects.toThrow(
      "bucket must have no control characters",
    );
    expect(requests).toEqual([]);
    await expect(ask(getBucket, { bucket: "no%41+bucket" })).rejects.toThrow("there is no bucket");
  });
});

test("an index that does not hold together is told so", async () => {
  const usage = (num_objects: number) => ({
    usage: { "rgw.main": { size: 5, size_actual: 4096, num_objects } },
  });
  const answer = (existing: number, calculated: number, invalid: string[]) => ({
    invalid_multipart_entries: invalid,
    check_result: { existing_header: usage(existing), calculated_header: usage(calculated) },
  });
  for (const [existing, calculated, invalid] of [
    [1, 2, []],
    [1, 1, ["_multipart_large.2~x.1"]],
  ] as const) {
    const { ask } = await sessionOnAnswer(answer(existing, calculated, [...invalid]));
    expect(await ask(checkBucketIndex, { bucket: "b" })).toMatchObject({
      consistent: false,
      invalidMultipartEntries: invalid,
      existing: { "rgw.main": { numObjects: existing } },
      calculated: { "rgw.main": { numObjects: calculated } },
    });
  }
});
