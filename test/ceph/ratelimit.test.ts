import { expect, onTestFinished, test } from "vitest";
import { getRateLimit, inTurnOfRateLimit, putRateLimit } from "../../provider/ceph/client/ratelimit.ts";
import { RateLimit } from "../../provider/ceph/ratelimit.ts";
import { makeBucket, makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { ask, encoded, must } from "./support/ask.ts";

const none = { enabled: false, max_read_ops: 0, max_write_ops: 0, max_read_bytes: 0, max_write_bytes: 0 };

onEachRelease((radosgw, release) => {
  const isThere = release !== "pacific";
  const limitOf = async (query: string) =>
    Object.values((await must(radosgw(), "GET", `/admin/ratelimit?${query}`)).json() as object)[0];

  test.runIf(!isThere)("there is none before Reef, which is said before anything is made", async () => {
    const { uid } = await makeUser(radosgw());
    const { engine, requests } = await sessionOn(radosgw());
    const it = engine(RateLimit);
    const reason =
      "rate limits need Ceph Reef (18) or later, and this cluster answers 405 MethodNotAllowed: leave them out, or upgrade the cluster";
    await expect(it.preview({ uid })).rejects.toThrow(reason);
    await expect(it.up({ uid })).rejects.toThrow(reason);
    await expect(it.import(`user/${uid}`)).rejects.toThrow("this cluster's release does not have the call");
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test.runIf(isThere)("a user's limits arrive as they are, and what was there comes back", async () => {
    const { uid } = await makeUser(radosgw(), { tenant: "ten" });
    const query = `ratelimit-scope=user&uid=${encoded(uid)}`;
    await must(radosgw(), "POST", `/admin/ratelimit?${query}&max-read-ops=5&enabled=true`);
    const { engine } = await sessionOn(radosgw());
    const it = engine(RateLimit);
    await it.up({ uid, enabled: false, maxWriteOps: 7, maxWriteBytes: 2 ** 53 - 1 });
    expect(await limitOf(query)).toEqual({ ...none, max_write_ops: 7, max_write_bytes: 2 ** 53 - 1 });
    expect(await it.refresh()).toEqual([]);
    await it.destroy();
    expect(await limitOf(query)).toEqual({ ...none, max_read_ops: 5, enabled: true });
  });

  test.runIf(isThere)(
    "of two buckets with one name, only that of the tenant that is meant is limited",
    async () => {
      const user = await makeUser(radosgw());
      const bucket = await makeBucket(user);
      const other = await makeUser(radosgw(), { tenant: "ten" });
      await must(other, "PUT", `/${bucket}`);
      const { engine } = await sessionOn(radosgw());
      await engine(RateLimit).up({ bucket: `ten/${bucket}`, maxReadOps: 9 });
      const query = `ratelimit-scope=bucket&bucket=${bucket}`;
      expect(await limitOf(`${query}&tenant=ten`)).toEqual({ ...none, max_read_ops: 9, enabled: true });
      expect(await limitOf(query)).toEqual(none);
    },
  );

  test.runIf(isThere)("the cluster's own are set, restored, and do not undo each other", async () => {
    const scopes = ["user", "bucket", "anon"] as const;
    onTestFinished(async () => {
      for (const scope of scopes)
        await must(
          radosgw(),
          "POST",
          `/admin/ratelimit?global=true&ratelimit-scope=${scope}&enabled=false&max-read-ops=0`,
        );
    });
    const { engine, api } = await sessionOn(radosgw());
    const it = engine(RateLimit);
    await it.up({ global: "anon", maxReadOps: 1_000_000 });
    expect(await getRateLimit(api, { global: "anon" })).toMatchObject({
      enabled: true,
      max_read_ops: 1_000_000,
    });
    expect(await it.import("global/anon")).toMatchObject({
      inputs: { global: "anon", maxReadOps: 1_000_000 },
    });
    await it.destroy();
    // An import knows of no earlier state than what it found.
    await must(
      radosgw(),
      "POST",
      "/admin/ratelimit?global=true&ratelimit-scope=anon&enabled=false&max-read-ops=0",
    );

    for (let round = 1; round <= 10; round++) {
      const limit = { ...none, max_read_ops: round };
      await Promise.all(
        scopes.map((global) =>
          inTurnOfRateLimit(api, { global }, () => putRateLimit(api, { global }, limit)),
        ),
      );
      for (const global of scopes) expect(await getRateLimit(api, { global })).toEqual(limit);
    }
  });

  test.runIf(isThere)("a user or a bucket is needed, and an id that says which", async () => {
    const { engine } = await sessionOn(radosgw());
    const it = engine(RateLimit);
    await expect(it.up({ uid: "nobody" })).rejects.toThrow(
      /"user\/nobody" cannot be set: what it belongs to/,
    );
    await expect(it.up({ bucket: "no-such-bucket" })).rejects.toThrow("what it belongs to does not exist");
    await expect(it.import("nobody")).rejects.toThrow("is not of the form scope/name");
    await expect(it.import("global/all")).rejects.toThrow(
      'the id "global/all" is none of user/UID, bucket/NAME (bucket/TENANT%2FNAME), global/user, global/bucket, global/anon',
    );
  });

  test("it is of exactly one thing", async () => {
    const { engine } = await sessionOn(radosgw());
    const refusal = "give exactly one of uid, bucket and global";
    await expect(engine(RateLimit).up({})).rejects.toThrow(refusal);
    await expect(engine(RateLimit).up({ uid: "a", global: "user" })).rejects.toThrow(refusal);
  });

  test.runIf(isThere)("a key without the capability is told which one", async () => {
    const plain = await makeUser(radosgw(), { query: `&user-caps=${encoded("users=read;zone=read")}` });
    const { engine } = await sessionOn(plain);
    await expect(engine(RateLimit).import(`user/${plain.uid}`)).rejects.toThrow(
      "AccessDenied: the admin user lacks the capability ratelimit=read",
    );
    expect((await ask(plain, "GET", "/admin/ratelimit?global=true")).status).toBe(403);
  });
});
