import { expect, test } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { makeUser, onEachRelease } from "../functions/kit.ts";
import { opens, userOn } from "./kit.ts";

const given = () => ({ accessKey: `GIVEN${unique()}`, secretKey: "s3cr+t/= %41&" });

onEachRelease((radosgw) => {
  test("a pair is given, or chosen in whole or in part, and each opens S3", async () => {
    const { up, outputs, drift, keys } = await userOn(radosgw());
    const [whole, half] = [given(), given().accessKey];
    await up({ keys: { whole, half: { accessKey: half }, chosen: {} } });
    const { credentials } = outputs();
    expect(credentials).toMatchObject({
      whole,
      half: { accessKey: half, secretKey: expect.stringMatching(/^.{40}$/) },
      chosen: { accessKey: expect.stringMatching(/^chosen_[A-Z2-7]{16}$/) },
    });
    for (const pair of Object.values(credentials)) expect(await opens(radosgw(), pair)).toBe(true);
    expect(await keys()).toHaveLength(3);
    expect(await drift()).toEqual([]);
  });

  test.each(["with / + = & % in it", "ü".repeat(40), "日本", "a".repeat(128), "constructor"])(
    "a key may have any name: %s",
    async (name) => {
      const { up, outputs, drift, import: take } = await userOn(radosgw());
      const program = { keys: Object.fromEntries([[name, {}]]) };
      await up(program);
      const pair = Object.getOwnPropertyDescriptor(outputs().credentials, name)?.value;
      expect(await opens(radosgw(), pair)).toBe(true);
      expect(await drift()).toEqual([]);
      expect(await up(program)).toBe("same");
      await take();
      expect(Object.keys(outputs().credentials)).toEqual([name]);
    },
  );

  test("somebody else's access key stays theirs, at create and at update", async () => {
    const { accessKey, secretKey, uid: owner } = await makeUser(radosgw());
    const { up, uid, state, keys, drift } = await userOn(radosgw());
    const refusal = `Ceph User "${uid}": 409 KeyExists: access key ${accessKey}`;
    for (const pair of [{ accessKey }, { accessKey, secretKey }])
      await expect(up({ keys: { main: pair } })).rejects.toThrow(refusal);
    expect(state(), "nothing was made").toBeUndefined();

    // A second key has a request of its own.
    await expect(up({ keys: { main: {}, second: { accessKey } } })).rejects.toThrow(
      `${refusal} of keys.second belongs to another user, and stays theirs`,
    );
    await up({ keys: { main: {} } });
    await expect(up({ keys: { main: {}, second: { accessKey, secretKey: "mine" } } })).rejects.toThrow(
      refusal,
    );
    await expect(up({ keys: { main: { accessKey } } })).rejects.toThrow(refusal);
    expect(await keys(), "the one that was to be replaced is still there").toHaveLength(1);
    await up({ keys: { main: {} } });
    expect(await drift()).toEqual([]);
    expect(await opens(radosgw(), { accessKey, secretKey }), `${owner} has it`).toBe(true);
  });

  test("a pair that the user has already is taken without a request", async () => {
    const { up, addKey, sent, outputs, drift, plan } = await userOn(radosgw());
    const [one, two, three] = [given().accessKey, given().accessKey, given().accessKey];
    await up({ keys: { main: {} } });
    for (const accessKey of [one, two, three]) await addKey(accessKey);
    expect(await drift()).toEqual([]);
    expect(outputs().otherKeys).toEqual([one, two, three].sort());
    sent();
    const program = {
      keys: { main: {}, one: { accessKey: one, secretKey: "theirs" }, two: { accessKey: two }, [three]: {} },
    };
    await up(program);
    expect(sent()).toEqual([]);
    const pair = (accessKey: string) => ({ accessKey, secretKey: "theirs" });
    expect(outputs()).toMatchObject({
      credentials: { one: pair(one), two: pair(two), [three]: pair(three) },
    });
    expect(outputs().otherKeys).toBeUndefined();
    expect(await drift()).toEqual([]);
    expect(await plan(program)).toEqual([]);
  });

  test("one with another secret is not changed: whoever uses it would be locked out", async () => {
    const { up, addKey } = await userOn(radosgw());
    const { accessKey } = given();
    await up();
    await addKey(accessKey);
    await expect(up({ keys: { main: { accessKey, secretKey: "mine" } } })).rejects.toThrow(
      `access key ${accessKey} of keys.main is there already, with another secret key`,
    );
    expect(await opens(radosgw(), { accessKey, secretKey: "theirs" })).toBe(true);
  });

  test("a given secret is changed in place, and shown as drift when others change it", async () => {
    const { up, drift, addKey, keys } = await userOn(radosgw());
    const pair = given();
    await up({ keys: { main: pair } });
    await up({ keys: { main: { ...pair, secretKey: "another" } } });
    expect(await opens(radosgw(), { ...pair, secretKey: "another" })).toBe(true);
    expect(await drift()).toEqual([]);
    await addKey(pair.accessKey);
    expect(await drift()).toEqual(["keys.main.secretKey"]);
    await up({ keys: { main: { ...pair, secretKey: "another" } } });
    expect(await drift()).toEqual([]);
    expect(await keys()).toEqual([pair.accessKey]);
  });

  test("a chosen secret that others change is taken over", async () => {
    const { up, drift, addKey, outputs } = await userOn(radosgw());
    await up({ keys: { main: {} } });
    await addKey(String(outputs().credentials.main?.accessKey));
    expect(await drift()).toEqual([]);
    expect(outputs().credentials.main?.secretKey).toBe("theirs");
  });

  test("a lost key is made again with the pair that the state remembers", async () => {
    const { up, drift, hand, outputs, keys } = await userOn(radosgw());
    const program = { keys: { main: {}, given: given(), named: { accessKey: given().accessKey } } };
    await up(program);
    const { credentials } = outputs();
    const lose = async () => {
      for (const accessKey of await keys()) await hand("DELETE", "?key", { "access-key": accessKey });
    };
    await lose();
    // Of the second refresh on, the state's inputs do not have them any more.
    for (const shown of [["keys.given", "keys.main", "keys.named"], []]) {
      expect(await drift()).toEqual(shown);
      expect(outputs().credentials).toEqual(credentials);
    }
    expect(await up(program)).toBe("update");
    expect(outputs().credentials).toEqual(credentials);
    for (const pair of Object.values(credentials)) expect(await opens(radosgw(), pair)).toBe(true);

    await lose();
    expect(await up({ ...program, suspended: true }), "an update notices it by itself").toBe("update");
    expect(outputs().credentials).toEqual(credentials);
    expect(await drift()).toEqual([]);
  });

  test("names change their pairs, and pairs their names, without a request", async () => {
    const { up, sent, drift, outputs, keys } = await userOn(radosgw());
    const [one, two] = [given(), given()];
    await up({ keys: { a: one, b: two } });
    sent();
    await up({ keys: { a: two, b: one } });
    expect(outputs().credentials).toEqual({ a: two, b: one });
    expect(await drift()).toEqual([]);
    await up({ keys: { c: two, b: one } });
    expect(sent()).toEqual([]);
    expect(outputs().credentials).toEqual({ c: two, b: one });
    expect(await drift()).toEqual([]);
    expect(await keys()).toHaveLength(2);
  });

  test("a key of a subuser's is that one's, and moves without another secret", async () => {
    const { up, info, drift, outputs } = await userOn(radosgw());
    const subusers = { one: { access: "full", swift: false }, two: { access: "read", swift: false } };
    const owner = async () => (await info()).keys.map(({ user }) => user.replace(/^.*:/, ""));
    await up({ subusers, keys: { main: { subuser: "one" } } });
    expect(await owner()).toEqual(["one"]);
    const { credentials } = outputs();
    await up({ subusers: { two: subusers.two }, keys: { main: { subuser: "two" } } });
    expect(await owner()).toEqual(["two"]);
    expect(await drift()).toEqual([]);
    expect(outputs().credentials).toEqual(credentials);
    await up({ keys: { main: {} } });
    expect(await info()).toMatchObject({ subusers: [], keys: [{ access_key: credentials.main?.accessKey }] });
    expect(await drift()).toEqual([]);
  });

  test("a key needs a subuser that is there and stays", async () => {
    const { up, state, hand, info, uid } = await userOn(radosgw());
    const program = { keys: { main: { subuser: "sub" } } };
    const refusal = `Ceph User "${uid}": keys.main is for subuser "sub", whom the user does not have`;
    await expect(up(program)).rejects.toThrow(refusal);
    expect(state(), "nothing was made").toBeUndefined();
    await up({ subusers: { sub: { access: "read" } } });
    await expect(up(program)).rejects.toThrow(refusal);
    expect((await info()).subusers).toHaveLength(1);
    await up({});
    await hand("PUT", "", { subuser: "sub", access: "read" });
    await up(program);
    expect(await info()).toMatchObject({ keys: [{ user: `${uid}:sub` }] });
  });
});
