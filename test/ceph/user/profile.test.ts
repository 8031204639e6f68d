import { expect, test } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { onEachRelease } from "../functions/kit.ts";
import { userOn } from "./kit.ts";

const userQuota = { maxSizeBytes: 10_000_000_000, maxObjects: 1000 };

onEachRelease((radosgw, release) => {
  test("a tenant costs two requests to make, one to read and one to delete", async () => {
    const { up, destroy, drift, requests } = await userOn(radosgw());
    const all = () => requests.splice(0).map(({ method, path }) => `${method} ${path}`);
    await up({ keys: { main: {} }, userQuota });
    // Each of these runs is a process of its own, which asks once which cluster it is on.
    expect(all()).toEqual(["GET /admin/config", "PUT /admin/user", "PUT /admin/user"]);
    expect(await drift()).toEqual([]);
    expect(all().sort()).toEqual(["GET /admin/config", "GET /admin/user"]);
    await destroy();
    expect(all()).toEqual(["GET /admin/config", "DELETE /admin/user"]);
  });

  test("an update sends what differs, and nothing where nothing does", async () => {
    const { up, sent, info } = await userOn(radosgw());
    const program = { keys: { main: {} }, caps: { usage: "read" }, userQuota };
    await up(program);
    const steps: [object, string[]][] = [
      [{ displayName: "Lady Ada", email: `${unique()}@example.com`, suspended: true }, ["POST /user"]],
      [{ maxBuckets: 5, opMask: ["read"] }, ["POST /user"]],
      [{ caps: { usage: "*", buckets: "read" } }, ["PUT /user?caps"]],
      [{ caps: { usage: "read", zone: "read" } }, ["PUT /user?caps", "DELETE /user?caps"]],
      [{ userQuota: { ...userQuota, maxObjects: 5 } }, ["PUT /user?quota"]],
      [{ userQuota, bucketQuota: { maxObjects: 3 } }, ["PUT /user?quota"]],
      [{ keys: { main: {}, second: {} } }, ["PUT /user?key"]],
      [{ keys: { second: {} } }, ["DELETE /user?key"]],
      [{ subusers: { sub: { access: "read" } } }, ["PUT /user?subuser"]],
      [{ subusers: { sub: { access: "full" } } }, ["POST /user?subuser"]],
      [{ subusers: {} }, ["DELETE /user?subuser"]],
      [{ purgeData: true }, []],
    ];
    sent();
    let now: object = program;
    for (const [change, requests] of steps) {
      now = { ...now, ...change };
      expect(await up({ ...now }), JSON.stringify(change)).toBe("update");
      expect(sent(), JSON.stringify(change)).toEqual(requests);
      expect(await up({ ...now })).toBe("same");
      expect(sent()).toEqual([]);
    }
    expect(await info()).toMatchObject({
      display_name: "Lady Ada",
      suspended: 1,
      max_buckets: 5,
      op_mask: "read",
      caps: [
        { type: "usage", perm: "read" },
        { type: "zone", perm: "read" },
      ],
      user_quota: { max_size: userQuota.maxSizeBytes, max_objects: 1000 },
      bucket_quota: { enabled: true, max_size: -1, max_objects: 3 },
      subusers: [],
    });
  });

  test("what others change of the profile is drift, and is put back", async () => {
    const { up, drift, hand, info } = await userOn(radosgw());
    const program = {
      maxBuckets: 0,
      keys: { main: {} },
      caps: { users: "read" },
      userQuota,
      bucketQuota: {},
    };
    await up(program);
    const before = await info();
    await hand("POST", "", {
      "display-name": "Eve",
      email: `${unique()}@Eve.example`,
      suspended: "true",
      "max-buckets": "-1",
      "op-mask": "delete",
    });
    await hand("PUT", "?caps", { "user-caps": "users=write" });
    await hand("PUT", "?quota", { "quota-type": "user", enabled: "false", "max-objects": "1" });
    await hand("PUT", "?quota", { "quota-type": "bucket", "max-size": "0" });
    expect(await drift()).toEqual(
      [
        ...["displayName", "email", "suspended", "maxBuckets", "opMask", "caps.users"],
        ...["userQuota.enabled", "userQuota.maxObjects", "bucketQuota.maxSizeBytes"],
      ].sort(),
    );
    expect(await up(program)).toBe("update");
    expect(await drift()).toEqual([]);
    expect(await info()).toEqual(before);
  });

  test("what the program leaves to others stays as they set it", async () => {
    const { up, drift, hand, info } = await userOn(radosgw());
    await up();
    await hand("POST", "", { "max-buckets": "7" });
    await hand("PUT", "?quota", { "quota-type": "user", enabled: "true", "max-objects": "9" });
    expect(await drift()).toEqual([]);
    await up({ displayName: "Lady Ada" });
    expect(await info()).toMatchObject({ max_buckets: 7, user_quota: { enabled: true, max_objects: 9 } });
  });

  test.each([
    ["none", -1],
    ["as many as it likes", 0],
    ["the most that there can be", 2 ** 31 - 1],
  ])("a user may own %s of buckets", async (_, maxBuckets) => {
    const { up, drift, info } = await userOn(radosgw());
    await up({ maxBuckets });
    expect(await info()).toMatchObject({ max_buckets: maxBuckets });
    expect(await drift()).toEqual([]);
    await up({ maxBuckets: 3 });
    await up({ maxBuckets });
    expect(await info()).toMatchObject({ max_buckets: maxBuckets });
    expect(await drift()).toEqual([]);
  });

  test.each([
    [[], "<none>"],
    [["delete", "read"], "read, delete"],
    [["write"], "write"],
  ])("the operation mask %j", async (opMask, stored) => {
    const { up, drift, info } = await userOn(radosgw());
    await up({ opMask });
    expect(await info()).toMatchObject({ op_mask: stored });
    expect(await drift()).toEqual([]);
    await up();
    expect(await info()).toMatchObject({ op_mask: "read, write, delete" });
    await up({ opMask });
    expect(await info()).toMatchObject({ op_mask: stored });
    expect(await drift()).toEqual([]);
  });

  test("placement and its tags are set, shown, changed, and left when the program stops setting them", async () => {
    const { up, drift, info, outputs, hand } = await userOn(radosgw());
    const placed = { defaultPlacement: "default-placement", placementTags: ["fast", "safe"] };
    await up();
    expect(outputs()).not.toHaveProperty("defaultPlacement");
    await up(placed);
    expect(await info()).toMatchObject({
      default_placement: "default-placement",
      placement_tags: ["fast", "safe"],
    });
    await up({ ...placed, defaultStorageClass: "STANDARD", placementTags: ["safe", "fast"] });
    expect(await drift()).toEqual([]);
    expect(outputs()).toMatchObject({ ...placed, defaultStorageClass: "STANDARD" });
    await hand("POST", "", { "placement-tags": "slow" });
    expect(await drift()).toEqual(["placementTags"]);
    await up({ ...placed, placementTags: ["fast"] });
    expect(await info()).toMatchObject({ placement_tags: ["fast"] });
    await up();
    expect(await info()).toMatchObject({ default_placement: "default-placement", placement_tags: ["fast"] });
    await expect(up({ defaultPlacement: "nowhere" })).rejects.toThrow("InvalidArgument");
  });

  test.skipIf(release !== "pacific")(
    "what no radosgw would take is refused before anything is sent",
    async () => {
      const { up, requests } = await userOn(radosgw());
      const refused: [object, string][] = [
        [{ uid: "a:b" }, "must be a uid"],
        [{ uid: "ten-1$b" }, "must be a uid"],
        [{ uid: "$b" }, "must be a uid"],
        [{ uid: "a$b$c" }, "must be a uid"],
        [{ uid: " a" }, "must not begin or end with a space"],
        [{ displayName: "" }, "displayName"],
        [{ opMask: ["list"] }, "opMask"],
        [{ maxBuckets: 2 ** 31 }, "maxBuckets"],
        [{ defaultStorageClass: "COLD" }, "is required beside defaultStorageClass"],
        [{ placementTags: ["a,b"] }, "must have no commas or spaces"],
        [{ caps: { users: "all" } }, "caps.users"],
        [{ userQuota: { maxObjects: -1 } }, "userQuota.maxObjects"],
        [{ keys: { main: { accessKey: "ü" } } }, "must be of printable ASCII characters"],
        [{ keys: { main: { accessKey: "A", secretKey: "ü" } } }, "must be of printable ASCII characters"],
        [{ keys: { main: { secretKey: "secret" } } }, "is required beside secretKey"],
        [{ keys: { main: { accessKey: "A", rotate: "1" } } }, "cannot go with accessKey"],
        [{ keys: { a: { accessKey: "A" }, b: { accessKey: "A" } } }, "keys.b.accessKey"],
        [{ keys: { a: { subuser: "sub" } }, exclusive: true }, "must be one of subusers: none is listed"],
        [{ subusers: { sub: { access: "all" } } }, "subusers.sub.access"],
        [{ subusers: { sub: { access: "read", swift: false, rotate: "1" } } }, "is for a Swift key"],
      ];
      for (const [program, reason] of refused) await expect(up({ ...program })).rejects.toThrow(reason);
      expect(requests).toEqual([]);
    },
  );

  test("capabilities that this release does not know are named as such", async () => {
    const { up, state } = await userOn(radosgw());
    const unknown = /this cluster does not know every type in "nonsense=read"/;
    await expect(up({ caps: { nonsense: "read" } })).rejects.toThrow(unknown);
    expect(state(), "nothing was made").toBeUndefined();
    await up();
    await expect(up({ caps: { nonsense: "read" } })).rejects.toThrow(unknown);
  });
});
