import { expect, test } from "vitest";
import type { UserInfo } from "../../provider/ceph/client/wire.ts";
import { Quota } from "../../provider/ceph/quota.ts";
import { makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { must } from "./support/ask.ts";

const none = { enabled: false, check_on_raw: false, max_size: -1, max_size_kb: 0, max_objects: -1 };

onEachRelease((radosgw) => {
  async function withUser() {
    const { uid } = await makeUser(radosgw());
    const world = await sessionOn(radosgw());
    const user = async () => (await must(radosgw(), "GET", `/admin/user?uid=${uid}`)).json() as UserInfo;
    const put = (type: string, quota: object) =>
      must(radosgw(), "PUT", `/admin/user?quota&uid=${uid}&quota-type=${type}`, JSON.stringify(quota));
    return { ...world, uid, it: world.engine(Quota), user, put };
  }

  test.each(["user", "bucket"] as const)(
    "a %s quota leaves the other and check_on_raw alone",
    async (scope) => {
      const { uid, it, user, put, requests } = await withUser();
      const other = scope === "user" ? "bucket" : "user";
      const theirs = { enabled: true, check_on_raw: true, max_size: 4096, max_objects: 9 };
      await put(scope, theirs);
      await put(other, theirs);
      await it.up({ uid, scope, maxSizeBytes: 5 });
      expect(await user()).toMatchObject({
        [`${scope}_quota`]: { enabled: true, check_on_raw: true, max_size: 5, max_objects: -1 },
        [`${other}_quota`]: theirs,
      });
      expect(it.state()?.outputs.previous).toMatchObject({
        enabled: true,
        maxSizeBytes: 4096,
        maxObjects: 9,
      });
      await it.destroy();
      expect((await user())[`${scope}_quota`]).toMatchObject(theirs);
      // DELETE ?quota deletes the user.
      expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(["GET", "PUT"]));
    },
  );

  test.each([
    [
      { maxSizeBytes: 0, maxObjects: 0 },
      { max_size: 0, max_objects: 0 },
    ],
    [
      { maxSizeBytes: Number.MAX_SAFE_INTEGER, maxObjects: Number.MAX_SAFE_INTEGER },
      { max_size: 9007199254740991, max_objects: 9007199254740991 },
    ],
    [
      { maxObjects: 3, enabled: false },
      { enabled: false, max_size: -1, max_objects: 3 },
    ],
  ])("%j arrives as it is", async (limits, wire) => {
    const { uid, it, user } = await withUser();
    await it.up({ uid, scope: "user", ...limits });
    expect((await user()).user_quota).toMatchObject({ enabled: true, ...wire });
    expect(await it.refresh()).toEqual([]);
  });

  test("whatever is below 0 is no limit, and no drift", async () => {
    const { uid, it, put, requests } = await withUser();
    await put("user", { enabled: true, check_on_raw: false, max_size: -7, max_objects: -2 });
    await it.up({ uid, scope: "user" });
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(await it.refresh()).toEqual([]);
  });

  test("both of one user are set at once", async () => {
    const { uid, engine, user } = await withUser();
    await Promise.all(
      ["user", "bucket"].map((scope) => engine(Quota, { name: scope }).up({ uid, scope, maxObjects: 2 })),
    );
    expect(await user()).toMatchObject({ user_quota: { max_objects: 2 }, bucket_quota: { max_objects: 2 } });
  });

  test("a user is needed, and an id that says which quota", async () => {
    const { uid, it, user } = await withUser();
    await expect(it.up({ uid: "nobody", scope: "user" })).rejects.toThrow(
      /"nobody\/user".*does not exist.*dependsOn/,
    );
    await expect(it.import(uid)).rejects.toThrow("is not of the form uid/scope");
    await expect(it.import(`${uid}/users`)).rejects.toThrow(
      `must end with /user or /bucket, as in "${uid}/user"`,
    );
    expect((await user()).user_quota).toEqual(none);
  });
});
