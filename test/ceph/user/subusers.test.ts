import { expect, test } from "vitest";
import { onEachRelease } from "../functions/kit.ts";
import { userOn } from "./kit.ts";

onEachRelease((radosgw) => {
  async function withSubuser(sub: object) {
    const user = await userOn(radosgw());
    const up = (more: object) => user.up({ subusers: { sub: { access: "read", ...more } } });
    await up(sub);
    user.sent();
    const swift = () => {
      const { sub: key } = user.outputs().swiftKeys ?? {};
      if (!key) throw new Error("there is no Swift key");
      return key;
    };
    const stored = async () => (await user.info()).swift_keys;
    return { ...user, up, swift, stored };
  }

  test("a subuser has a Swift key, chosen or given, and secrets may have any sign", async () => {
    const { up, uid, swift, stored, drift } = await withSubuser({});
    const chosen = swift();
    expect(chosen).toMatchObject({ user: `${uid}:sub`, secretKey: expect.stringMatching(/^.{40}$/) });
    expect(await stored()).toMatchObject([{ user: chosen.user, secret_key: chosen.secretKey }]);
    for (const swiftSecretKey of ["g+i/v=e&n %41", "ü日本"]) {
      await up({ swiftSecretKey });
      expect(await stored()).toMatchObject([{ secret_key: swiftSecretKey }]);
      expect(await drift()).toEqual([]);
    }
    await up({});
    expect(swift().secretKey, "what is no longer given stays").toBe("ü日本");
  });

  test("what others do to a subuser is drift, and is undone", async () => {
    const { up, hand, drift, info, uid } = await withSubuser({ swiftSecretKey: "given" });
    await hand("POST", "", { subuser: "sub", access: "full" });
    await hand("PUT", "?key", { "key-type": "swift", subuser: "sub", "secret-key": "theirs" });
    expect(await drift()).toEqual(["subusers.sub.access", "subusers.sub.swiftSecretKey"]);
    await up({ swiftSecretKey: "given" });
    expect(await drift()).toEqual([]);
    await hand("DELETE", "?key", { "key-type": "swift", subuser: "sub" });
    expect(await drift()).toEqual(["subusers.sub.swift", "subusers.sub.swiftSecretKey"]);
    await up({ swiftSecretKey: "given" });
    await hand("DELETE", "", { subuser: "sub" });
    expect(await drift()).toEqual(["subusers.sub"]);
    await up({ swiftSecretKey: "given" });
    expect(await info()).toMatchObject({
      subusers: [{ id: `${uid}:sub`, permissions: "read" }],
      swift_keys: [{ user: `${uid}:sub`, secret_key: "given" }],
    });
  });

  test("`swift: false` removes the key that comes with every subuser", async () => {
    const { up, sent, outputs, stored, drift, hand } = await withSubuser({ swift: false });
    expect(await stored()).toEqual([]);
    expect(outputs().swiftKeys).toBeUndefined();
    await up({ swift: true });
    expect(sent()).toEqual(["PUT /user?key"]);
    await up({ swift: false });
    expect(sent()).toEqual(["DELETE /user?key"]);
    expect(await stored()).toEqual([]);
    await hand("PUT", "?key", { "key-type": "swift", subuser: "sub", "secret-key": "theirs" });
    expect(await drift()).toEqual(["subusers.sub.swift"]);
    await up({ swift: false });
    expect(await drift()).toEqual([]);
  });

  test("another access keeps the Swift key, and so does none at all", async () => {
    const { up, swift, info, drift } = await withSubuser({});
    const { secretKey } = swift();
    for (const access of ["readwrite", "full", "write", "none", "read"]) {
      await up({ access });
      expect(await drift()).toEqual([]);
      expect(swift().secretKey).toBe(secretKey);
    }
    expect((await info()).subusers).toMatchObject([{ permissions: "read" }]);
  });

  test("another text makes another Swift secret, at once", async () => {
    const { up, swift, sent, stored } = await withSubuser({});
    const first = swift().secretKey;
    await up({ rotate: "1" });
    expect(sent()).toEqual(["PUT /user?key"]);
    const second = swift().secretKey;
    expect(second).not.toBe(first);
    await up({ rotate: "1", access: "full" });
    expect(swift().secretKey).toBe(second);
    await up({ rotate: "2", access: "full" });
    expect(swift().secretKey).not.toBe(second);
    expect(await stored()).toMatchObject([{ secret_key: swift().secretKey }]);
  });

  test("a first text changes nothing of one that was imported", async () => {
    const { up, swift, import: take } = await withSubuser({ rotate: "1" });
    const { secretKey } = swift();
    await take();
    await up({ rotate: "1" });
    expect(swift().secretKey).toBe(secretKey);
    await up({ rotate: "2" });
    expect(swift().secretKey).not.toBe(secretKey);
  });
});
