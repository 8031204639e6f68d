import { expect, test } from "vitest";
import type { UserInfo } from "../../provider/ceph/client/wire.ts";
import { Key } from "../../provider/ceph/key.ts";
import { check } from "../../provider/resource/check.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import { type Properties, reveal } from "../../provider/resource/value.ts";
import { unique } from "../worlds/ceph/native.ts";
import { makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { ask, encoded, must } from "./support/ask.ts";

onEachRelease((radosgw) => {
  async function withUser() {
    const { uid } = await makeUser(radosgw(), { query: "&generate-key=false" });
    const { accessKey: first } = await ownKey(uid);
    const world = await sessionOn(radosgw());
    const it = world.engine(Key);
    const keys = async (of = uid) => (await infoOf(of)).keys.filter((each) => each.access_key !== first);
    return {
      ...world,
      uid,
      it,
      keys,
      put: (query: string) => must(radosgw(), "PUT", `/admin/user?uid=${uid}&${query}`),
      pair() {
        const { accessKey, secretKey } = reveal(it.state()?.outputs ?? {}) as Properties;
        return { accessKey: String(accessKey), secretKey: String(secretKey) };
      },
      writes: () =>
        world.requests
          .filter(({ method }) => method !== "GET")
          .map(({ method, query }) => `${method} ${query["access-key"]}`),
    };
  }
  const infoOf = async (uid: string) =>
    (await must(radosgw(), "GET", `/admin/user?uid=${encoded(uid)}`)).json() as UserInfo;
  const ownKey = async (uid: string) => ({ accessKey: (await infoOf(uid)).keys[0]?.access_key });
  const given = (): { accessKey: string; secretKey: string } => ({
    accessKey: `given-${unique()}`,
    secretKey: "a+b%2B/=&~ given",
  });

  test("a pair that the provider chooses works", async () => {
    const { uid, it, pair } = await withUser();
    await it.up({ uid });
    const user = { ...radosgw(), ...pair() };
    expect(user.accessKey).toMatch(/^[A-Z2-7]{20}$/);
    expect((await ask(user, "GET", "/")).status).toBe(200);
    await it.destroy();
    expect((await ask(user, "GET", "/")).status).toBe(403);
  });

  test("a given one is taken as it is, and its secret changes in place", async () => {
    const { uid, it, keys, writes } = await withUser();
    const { accessKey, secretKey } = given();
    await it.up({ uid, accessKey, secretKey });
    expect(await keys()).toMatchObject([{ user: uid, access_key: accessKey, secret_key: secretKey }]);
    expect(await it.up({ uid, accessKey, secretKey: "another" })).toBe("update");
    expect(await keys()).toMatchObject([{ access_key: accessKey, secret_key: "another" }]);
    expect(writes()).toEqual([`PUT ${accessKey}`, `PUT ${accessKey}`]);
  });

  test("one that the user has keeps its secret: an import or an adoption takes it", async () => {
    const { uid, it, engine, keys, put } = await withUser();
    const pair = given();
    await put(`key&key-type=s3&access-key=${pair.accessKey}&secret-key=theirs`);
    await expect(it.up({ uid, ...pair })).rejects.toThrow(
      `pulumi import tenantry:ceph:Key it '${uid}/${pair.accessKey}'`,
    );
    expect(await keys()).toMatchObject([{ secret_key: "theirs" }]);
    const imported = await it.import(`${uid}/${pair.accessKey}`);
    expect(imported?.inputs).toEqual({ uid });
    expect(await it.up({ uid, accessKey: pair.accessKey, secretKey: "theirs" })).toBe("same");
    await engine(Key, { name: "second", env: { TENANTRY_ADOPT: "1" } }).up({ uid, ...pair });
    expect(await keys()).toMatchObject([{ secret_key: pair.secretKey }]);
  });

  test("one of another user's stays theirs, and the error says whose it is", async () => {
    const { uid, it, keys } = await withUser();
    const other = await makeUser(radosgw(), { tenant: "ten" });
    const { accessKey } = other;
    await expect(it.up({ uid, accessKey, secretKey: "mine" })).rejects.toThrow(
      `access key "${accessKey}" belongs to user "${other.uid}" and stays theirs`,
    );
    expect(await keys()).toEqual([]);
    expect((await infoOf(other.uid)).keys).toMatchObject([{ secret_key: other.secretKey }]);
  });

  test("what meanwhile belongs to another user is not deleted", async () => {
    const { uid, it } = await withUser();
    const other = await makeUser(radosgw());
    const pair = given();
    await it.up({ uid, ...pair });
    const at = (of: string) => `/admin/user?key&uid=${of}&key-type=s3&access-key=${pair.accessKey}`;
    await must(radosgw(), "DELETE", at(uid));
    await must(radosgw(), "PUT", `${at(other.uid)}&secret-key=moved`);
    expect(await it.refresh()).toBe("gone");
    await it.destroy();
    expect((await infoOf(other.uid)).keys).toHaveLength(2);
  });

  test("rotate makes the new pair before it deletes the old one", async () => {
    const { uid, it, keys, pair, writes } = await withUser();
    await it.up({ uid });
    const first = pair();
    await it.up({ uid, rotate: "1" });
    expect(pair(), "a first text changes nothing").toEqual(first);
    expect(await it.up({ uid, rotate: "2" })).toBe("replace");
    const second = pair();
    expect(await keys()).toMatchObject([{ access_key: second.accessKey, secret_key: second.secretKey }]);
    expect(writes()).toEqual([
      `PUT ${first.accessKey}`,
      `PUT ${second.accessKey}`,
      `DELETE ${first.accessKey}`,
    ]);
  });

  test("a run that was killed leaves no twin, be it of a create or of a rotation", async () => {
    const { uid, it, keys, pair } = await withUser();
    await it.up({ uid, rotate: "1" });
    const first = pair();
    it.setState(undefined);
    await it.up({ uid, rotate: "1" });
    expect(pair()).toEqual(first);
    const news = check(Key.inputs, { uid, rotate: "2" }).inputs;
    const { id = "", inputs, outputs: held } = it.state() ?? {};
    const { outputs } = await it.operation((calls) => {
      calls.diff({ urn: it.urn, id, inputs, outputs: held, news });
      return calls.create({ urn: it.urn, news });
    });
    expect(await it.up({ uid, rotate: "2" })).toBe("replace");
    expect(it.state()?.outputs.accessKey).toBe((reveal(outputs) as Properties).accessKey);
    expect(await keys()).toHaveLength(1);
  });

  test("an earlier rotate again makes a third pair: the first may still be there to be deleted", async () => {
    const { uid, it, keys, pair, put } = await withUser();
    await it.up({ uid, rotate: "1" });
    const first = pair();
    await it.up({ uid, rotate: "2" });
    const second = pair();
    await put(`key&key-type=s3&access-key=${first.accessKey}&secret-key=${first.secretKey}`);
    expect(await it.up({ uid, rotate: "1" })).toBe("replace");
    expect([first.accessKey, second.accessKey]).not.toContain(pair().accessKey);
    expect((await keys()).map((each) => each.access_key).sort()).toEqual(
      [first.accessKey, pair().accessKey].sort(),
    );
  });

  test("of a replacement for other reasons, the one that is in use is not taken for a leftover", async () => {
    const { uid, it, keys, pair } = await withUser();
    await it.up({ uid });
    const first = pair();
    await it.up({ uid, rotate: "1" }, { replaceOnChanges: true });
    expect(pair().accessKey).not.toBe(first.accessKey);
    expect(await keys()).toHaveLength(1);
  });

  test("a subuser has keys of its own, and must be there", async () => {
    const { uid, it, keys, put, writes } = await withUser();
    await expect(it.up({ uid, subuser: "sub" })).rejects.toThrow(
      /user ".*" has no subuser "sub".*ceph\.Subuser.*dependsOn/,
    );
    expect(writes()).toEqual([]);
    await put("subuser=sub&access=read");
    await it.up({ uid, subuser: "sub" });
    expect(await keys()).toMatchObject([{ user: `${uid}:sub` }]);
    const [key] = await keys();
    const imported = await it.import(`${uid}/${key?.access_key}`);
    expect(imported?.inputs).toEqual({ uid, subuser: "sub" });
    await it.destroy();
    expect(await keys()).toEqual([]);
  });

  test("without its user it is refused, with a word on the order", async () => {
    const { it } = await withUser();
    await expect(it.up({ uid: "nobody" })).rejects.toThrow(/no user "nobody".*ceph\.User.*dependsOn/);
  });

  test("many are made at once of one user, one after the other", async () => {
    const { uid, session, keys, writes } = await withUser();
    const { create } = lifecycle(Key, session);
    const urns = Array.from({ length: 12 }, (_, index) => `urn:pulumi:s::p::${Key.token}::${index}`);
    await Promise.all(urns.map((urn) => create({ urn, news: { uid } })));
    expect(await keys()).toHaveLength(12);
    expect(writes(), "none lost against another one").toHaveLength(12);
  });
});
