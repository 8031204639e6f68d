import { expect, test } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { onEachRelease } from "../functions/kit.ts";
import { userOn } from "./kit.ts";

const userQuota = { maxSizeBytes: 10_000_000_000, maxObjects: 1000 };

onEachRelease((radosgw) => {
  test.each(["a b", "a+/b", "a%b%41", "ü日本", "a&b=c?d#e", "it's (one)!*", '"~a_b.c-d@e"', ".."])(
    "the uid %s",
    async (text) => {
      const uid = `${text}${unique()}`;
      const user = await userOn(radosgw(), { uid });
      const program = {
        displayName: `${text} named`,
        keys: { [text]: {}, "for sub": { subuser: "sub" } },
        subusers: { sub: { access: "readwrite" } },
        caps: { usage: "read" },
        userQuota,
      };
      await user.up(program);
      expect(user.state()?.id).toBe(uid);
      expect(await user.info()).toMatchObject({
        user_id: uid,
        display_name: `${text} named`,
        subusers: [{ id: `${uid}:sub` }],
        user_quota: { max_objects: 1000 },
      });
      expect(await user.drift()).toEqual([]);
      await user.up({ ...program, userQuota: {}, caps: {}, subusers: { sub: { access: "read" } } });
      expect(await user.drift()).toEqual([]);
      await user.import();
      const names = Object.keys(user.outputs().credentials).sort();
      expect(names, "an import knows the names").toEqual([text, "for sub"].sort());
      await user.destroy();
      expect(await user.drift()).toBe("gone");
    },
  );

  test("users of tenants are others than those without, and their keys are known all the same", async () => {
    const tenanted = await userOn(radosgw(), { tenant: "ten_1" });
    const plain = await userOn(radosgw(), { uid: tenanted.uid.replace(/^.*\$/, "") });
    const program = {
      keys: { main: {}, sub: { subuser: "sub" } },
      subusers: { sub: { access: "full" } },
      caps: { usage: "read" },
      userQuota,
      bucketQuota: userQuota,
    };
    for (const user of [tenanted, plain]) {
      await user.up(program);
      expect(await user.drift()).toEqual([]);
    }
    expect(await tenanted.info()).toMatchObject({
      tenant: "ten_1",
      user_id: plain.uid,
      subusers: [{ id: `${tenanted.uid}:sub` }],
      swift_keys: [{ user: `${tenanted.uid}:sub` }],
    });
    const changed = { keys: { main: { rotate: "1" } }, caps: {} };
    await tenanted.up(changed);
    expect(await tenanted.drift()).toEqual([]);
    expect(await plain.drift(), "the other one stays as it is").toEqual([]);
    await tenanted.destroy();
    expect(await plain.drift()).toEqual([]);
    expect(await plain.info()).toMatchObject({ tenant: "" });
  });
});
