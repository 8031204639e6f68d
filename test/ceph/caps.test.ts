import { expect, test } from "vitest";
import { Caps } from "../../provider/ceph/caps.ts";
import type { UserInfo } from "../../provider/ceph/client/wire.ts";
import { makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { encoded, must } from "./support/ask.ts";

onEachRelease((radosgw, release) => {
  async function withUser(caps = "") {
    const { uid } = await makeUser(radosgw(), { query: caps && `&user-caps=${encoded(caps)}` });
    const world = await sessionOn(radosgw());
    const user = async () => (await must(radosgw(), "GET", `/admin/user?uid=${uid}`)).json() as UserInfo;
    return {
      ...world,
      uid,
      it: world.engine(Caps),
      caps: async () => Object.fromEntries((await user()).caps.map(({ type, perm }) => [type, perm])),
      put: (some: string) => must(radosgw(), "PUT", `/admin/user?caps&uid=${uid}&user-caps=${encoded(some)}`),
      writes: () =>
        world.requests
          .filter(({ method }) => method !== "GET")
          .map(({ method, query }) => `${method} ${query["user-caps"]}`),
    };
  }

  test("a change adds before it removes, in a request each, and keeps what both have", async () => {
    const { uid, it, caps, writes } = await withUser();
    await it.up({ uid, caps: { users: "*", buckets: "read", usage: "read" } });
    await it.up({ uid, caps: { users: "read", buckets: "write", zone: "*" } });
    expect(await caps()).toEqual({ users: "read", buckets: "write", zone: "*" });
    expect(writes()).toEqual([
      "PUT buckets=read;usage=read;users=*",
      "PUT buckets=write;zone=*",
      "DELETE buckets=read;usage=read;users=write",
    ]);
    await it.destroy();
    expect(await caps()).toEqual({});
  });

  test("those that others gave are not taken without a word, and come back", async () => {
    const { uid, it, engine, caps } = await withUser("users=read;zone=*");
    const program = { uid, caps: { users: "*" } };
    await expect(it.up(program)).rejects.toThrow(`pulumi import tenantry:ceph:Caps it '${uid}'`);
    expect(await caps()).toEqual({ users: "read", zone: "*" });
    const adopting = engine(Caps, { env: { TENANTRY_ADOPT: "1" } });
    await adopting.up(program);
    expect(await caps()).toEqual({ users: "*" });
    await adopting.destroy();
    expect(await caps()).toEqual({ users: "read", zone: "*" });
  });

  test("a permission that is none is no capability", async () => {
    const { uid, it, caps, put } = await withUser();
    await put("usage=nonsense");
    expect(await caps()).toEqual({ usage: "<none>" });
    await it.up({ uid, caps: { usage: "read" } });
    expect(await caps()).toEqual({ usage: "read" });
    expect(await it.refresh()).toEqual([]);
  });

  test("a type that this release does not know is refused, with what it knows", async () => {
    const { uid, it, caps } = await withUser();
    const unknown = release === "pacific" ? "ratelimit" : release === "reef" ? "accounts" : "bogus";
    await expect(it.up({ uid, caps: { users: "read", [unknown]: "read" } })).rejects.toThrow(
      `InvalidCapability: this cluster does not know every type in "${[`${unknown}=read`, "users=read"].sort().join(";")}", and so took none`,
    );
    expect(await caps()).toEqual({});
  });

  test("a user is needed", async () => {
    const { it } = await withUser();
    await expect(it.up({ uid: "nobody", caps: {} })).rejects.toThrow(/"nobody".*does not exist.*dependsOn/);
  });
});
