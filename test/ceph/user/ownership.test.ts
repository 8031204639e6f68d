import { expect, test } from "vitest";
import { User } from "../../../provider/ceph/user.ts";
import { unique } from "../../worlds/ceph/native.ts";
import { onEachRelease } from "../functions/kit.ts";
import { userOn } from "./kit.ts";

const own = {
  keys: { main: {} },
  subusers: { own: { access: "read", swift: false } },
  caps: { usage: "read" },
};

onEachRelease((radosgw) => {
  /** A user of the program's to whom others have added a key, a subuser with a key of its own, and a capability. */
  async function shared(program: object = {}) {
    const user = await userOn(radosgw());
    await user.up({ ...own, ...program });
    const [mine] = await user.keys();
    const [theirs, subs] = [`THEIRS${unique()}`, `SUBS${unique()}`];
    await user.addKey(theirs);
    await user.hand("PUT", "", { subuser: "their", access: "full" });
    await user.addKey(subs, { subuser: "their" });
    await user.hand("PUT", "?caps", { "user-caps": "buckets=*" });
    user.sent();
    const there = {
      keys: [theirs, subs],
      subusers: [{ id: `${user.uid}:own` }, { id: `${user.uid}:their` }],
      caps: [{ type: "buckets" }, { type: "usage" }],
    };
    return { ...user, mine: String(mine), theirs, subs, there };
  }

  test("what others add is no drift, is shown in outputs, and outlives every update", async () => {
    const { up, drift, outputs, info, keys, mine, theirs, subs, there } = await shared();
    expect(await drift()).toEqual([]);
    const others = { otherKeys: [subs, theirs], otherSubusers: ["their"], otherCaps: ["buckets"] };
    expect(outputs()).toMatchObject(others);
    await up({ ...own, displayName: "Lady Ada", keys: { main: { rotate: "1" } } });
    expect(outputs()).toMatchObject(others);
    expect(await info()).toMatchObject({ subusers: there.subusers, caps: there.caps });
    await up({ displayName: "Lady Ada" });
    expect(await keys(), "only what was the program's goes with it").toEqual([subs, theirs]);
    expect(await info()).toMatchObject({
      subusers: [there.subusers[1]],
      caps: [{ type: "buckets", perm: "*" }],
    });
    expect(await keys()).not.toContain(mine);
    expect(await drift()).toEqual([]);
  });

  test("with `exclusive` it is drift, each at its path, and an update removes it", async () => {
    const { up, drift, sent, info, keys, mine, theirs, subs } = await shared({ exclusive: true });
    const program = { ...own, exclusive: true };
    expect(await drift()).toEqual(
      [`keys.${subs}`, `keys.${theirs}`, "caps.buckets", "subusers.their"].sort(),
    );
    sent();
    expect(await up(program)).toBe("update");
    expect(sent().sort()).toEqual(
      ["DELETE /user?key", "DELETE /user?key", "DELETE /user?caps", "DELETE /user?subuser"].sort(),
    );
    expect(await keys()).toEqual([mine]);
    expect(await info()).toMatchObject({ subusers: [{ permissions: "read" }], caps: [{ type: "usage" }] });
    expect(await drift()).toEqual([]);
  });

  test("turning `exclusive` on shows in the plan what it will remove", async () => {
    const { up, drift, plan, keys, mine, theirs, subs } = await shared();
    await drift();
    const changes = await plan({ ...own, exclusive: true });
    expect(changes?.map(({ property, kind }) => `${kind} ${property}`).sort()).toEqual(
      [
        ...["update exclusive", `delete keys.${subs}`, `delete keys.${theirs}`],
        ...["delete caps.buckets", "delete subusers.their"],
      ].sort(),
    );
    await up({ ...own, exclusive: true });
    expect(await keys()).toEqual([mine]);
    expect(await drift()).toEqual([]);
  });

  test("turning it off leaves alone what it had shown", async () => {
    const { up, drift, info, keys, mine, theirs, subs, there, outputs } = await shared({ exclusive: true });
    await drift();
    await up(own);
    expect(await keys()).toEqual([mine, subs, theirs].sort());
    expect(await info()).toMatchObject({ subusers: there.subusers, caps: there.caps });
    expect(await drift()).toEqual([]);
    expect(outputs()).toMatchObject({
      otherKeys: [subs, theirs],
      otherSubusers: ["their"],
      otherCaps: ["buckets"],
    });
  });

  test("what appears between the read and the writes of an update stays", async () => {
    const { up, addKey, faults, keys, hand, info } = await userOn(radosgw());
    await up({ keys: { main: {}, second: {} }, caps: { usage: "read" } });
    const theirs = `THEIRS${unique()}`;
    faults.add({ kind: "delay", delayMs: 500, match: { method: "POST" } });
    const update = up({ displayName: "Lady Ada", keys: { main: { rotate: "1" } } });
    // The update has read the user by the time that its first write arrives.
    await expect
      .poll(async () => (await info()).display_name, { interval: 5, timeout: 5000 })
      .toBe("Lady Ada");
    await addKey(theirs);
    await hand("PUT", "?caps", { "user-caps": "zone=read" });
    await update;
    expect(await keys()).toContain(theirs);
    expect(await keys()).toHaveLength(3);
    expect((await info()).caps).toEqual([{ type: "zone", perm: "read" }]);
  });

  test("what exists is adopted with what the program lists, and the rest is others'", async () => {
    const { uid, engine, hand, addKey, keys, info } = await userOn(radosgw());
    const [one, two] = [`ONE${unique()}`, `TWO${unique()}`];
    await hand("PUT", "", { "display-name": "Theirs", "generate-key": "false", "user-caps": "zone=read" });
    for (const accessKey of [one, two]) await addKey(accessKey);
    await hand("PUT", "", { subuser: "their", access: "full" });
    const program = {
      uid,
      displayName: "Ada",
      keys: { main: {}, one: { accessKey: one } },
      caps: { usage: "read" },
    };
    const blunt = engine(User, { name: "blunt" });
    await expect(blunt.up(program)).rejects.toThrow(`pulumi import tenantry:ceph:User blunt '${uid}'`);
    const { up, state, refresh } = engine(User, { name: "adopting", env: { TENANTRY_ADOPT: "1" } });
    await up(program);
    expect(await keys()).toEqual([one, two, expect.stringMatching(/^main_/)]);
    expect(state()?.outputs).toMatchObject({
      otherKeys: [two],
      otherSubusers: ["their"],
      otherCaps: ["zone"],
    });
    expect(await info()).toMatchObject({ display_name: "Ada", subusers: [{ permissions: "full-control" }] });
    expect(await refresh()).toEqual([]);
  });
});
