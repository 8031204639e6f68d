import { expect, test } from "vitest";
import type { UserInfo } from "../../provider/ceph/client/wire.ts";
import { Subuser } from "../../provider/ceph/subuser.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import { reveal } from "../../provider/resource/value.ts";
import { makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { encoded, must } from "./support/ask.ts";

onEachRelease((radosgw) => {
  async function withUser(options?: Parameters<typeof makeUser>[1]) {
    const { uid } = await makeUser(radosgw(), options);
    const world = await sessionOn(radosgw());
    const it = world.engine(Subuser);
    const user = async () =>
      (await must(radosgw(), "GET", `/admin/user?uid=${encoded(uid)}`)).json() as UserInfo;
    return {
      ...world,
      uid,
      it,
      user,
      access: async () => (await user()).subusers[0]?.permissions,
      secret: async () => (await user()).swift_keys[0]?.secret_key,
      put: (query: string) => must(radosgw(), "PUT", `/admin/user?uid=${encoded(uid)}&${query}`),
      outputs: () => reveal(it.state()?.outputs ?? {}),
      writes: () =>
        world.requests
          .filter(({ method }) => method !== "GET")
          .map(({ method, path }) => `${method} ${path}`),
    };
  }

  test.each([
    ["read", "read"],
    ["write", "write"],
    ["readwrite", "read-write"],
    ["full", "full-control"],
    ["none", "<none>"],
  ])("access %s is %s to a radosgw, and leaves the Swift secret alone", async (access, permissions) => {
    const other = access === "read" ? "write" : "read";
    const { uid, it, secret, access: is, outputs, writes } = await withUser();
    await it.up({ uid, name: "sub", access: other });
    const made = await secret();
    expect(outputs()).toMatchObject({ subuserId: `${uid}:sub`, swiftSecretKey: made });
    expect(await it.up({ uid, name: "sub", access })).toBe("update");
    expect(await is()).toBe(permissions);
    expect(await secret()).toBe(made);
    expect(writes()).toEqual(["PUT /admin/user", "POST /admin/user"]);
  });

  test("one that exists is not made again, which would change its Swift secret", async () => {
    const { uid, it, secret, put } = await withUser();
    await put("subuser=sub&access=read&key-type=swift&secret-key=theirs");
    await expect(it.up({ uid, name: "sub", access: "full" })).rejects.toThrow(
      `pulumi import tenantry:ceph:Subuser it '${uid}/sub'`,
    );
    expect(await secret()).toBe("theirs");
  });

  test("a new secret and access take one request", async () => {
    const { uid, it, secret, access, writes } = await withUser();
    await it.up({ uid, name: "sub", access: "read", swiftSecretKey: "first secret" });
    await it.up({ uid, name: "sub", access: "write", swiftSecretKey: "a+b%2B/ü second" });
    expect([await access(), await secret()]).toEqual(["write", "a+b%2B/ü second"]);
    expect(writes()).toEqual(["PUT /admin/user", "POST /admin/user"]);
  });

  test("without Swift there is no key, and with it again there is another", async () => {
    const { uid, it, secret, user, outputs } = await withUser();
    await it.up({ uid, name: "sub", access: "read", swift: false });
    expect((await user()).swift_keys).toEqual([]);
    expect(outputs()).not.toHaveProperty("swiftSecretKey");
    await it.up({ uid, name: "sub", access: "read" });
    expect(await secret()).toMatch(/^[\w-]{40}$/);
    expect(outputs()).toMatchObject({ swiftSecretKey: await secret() });
    await it.up({ uid, name: "sub", access: "read", swift: false });
    expect((await user()).swift_keys).toEqual([]);
  });

  test("rotate changes the secret that the provider chose, but not when it is first set", async () => {
    const { uid, it, secret } = await withUser();
    const program = { uid, name: "sub", access: "read" };
    await it.up(program);
    const first = await secret();
    await it.up({ ...program, rotate: "1" });
    expect(await secret()).toBe(first);
    await it.up({ ...program, rotate: "2" });
    expect(await secret()).not.toBe(first);
    expect(reveal(it.state()?.outputs ?? {})).toMatchObject({ swiftSecretKey: await secret() });
  });

  test("a user of a tenant has subusers too, and deleting one deletes its S3 keys", async () => {
    const { uid, it, user, put } = await withUser({ tenant: "ten" });
    await it.up({ uid, name: "sub", access: "full" });
    expect((await user()).subusers).toEqual([{ id: `${uid}:sub`, permissions: "full-control" }]);
    await put(`key&key-type=s3&subuser=sub&access-key=of-${encoded(uid)}&secret-key=secret`);
    await it.destroy();
    expect(await user()).toMatchObject({ subusers: [], keys: [{ user: uid }], swift_keys: [] });
  });

  test("without its user it is refused, with a word on the order", async () => {
    const { it, writes } = await withUser();
    await expect(it.up({ uid: "nobody", name: "sub", access: "read" })).rejects.toThrow(
      /no user "nobody".*ceph\.User.*dependsOn/,
    );
    expect(writes()).toEqual([]);
  });

  test("many are made at once of one user, one after the other", async () => {
    const { uid, session, user, writes } = await withUser();
    const { create } = lifecycle(Subuser, session);
    const names = Array.from({ length: 12 }, (_, index) => `sub${index}`);
    const news = (name: string) => ({ uid, name, access: "read", swift: true });
    await Promise.all(
      names.map((name) => create({ urn: `urn:pulumi:s::p::${Subuser.token}::${name}`, news: news(name) })),
    );
    expect(await user()).toMatchObject({ subusers: { length: 12 }, swift_keys: { length: 12 } });
    expect(writes(), "none lost against another one").toHaveLength(12);
  });
});
