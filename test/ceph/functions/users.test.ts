import { expect, test } from "vitest";
import { listUids } from "../../../provider/ceph/client/metadata.ts";
import { getUser as getUserWithKeys } from "../../../provider/ceph/client/user.ts";
import { getUser, listUsers } from "../../../provider/ceph/functions/users.ts";
import { invoke } from "../../../provider/resource/invoke.ts";
import { type Properties, Secret } from "../../../provider/resource/value.ts";
import { must } from "../support/ask.ts";
import { makeBucket, makeUser, onEachRelease, sessionOn, sessionOnAnswer } from "./kit.ts";

onEachRelease((radosgw, release) => {
  test("a user is told with keys, subusers, capabilities and quotas", async () => {
    const query = `&email=Glad%40${release}.example&user-caps=usage%3Dread%3Bbuckets%3D%2A&max-buckets=7&op-mask=read`;
    const { uid, name, ...user } = await makeUser(radosgw(), { query });
    const at = `/admin/user?uid=${uid}`;
    await must(radosgw(), "PUT", `${at}&subuser=sub&access=full&key-type=swift&secret-key=swift-secret`);
    await must(
      radosgw(),
      "PUT",
      `/admin/user?key&uid=${uid}&subuser=sub&access-key=z-${name}&secret-key=sub-secret&key-type=s3`,
    );
    await must(
      radosgw(),
      "PUT",
      `/admin/user?quota&uid=${uid}&quota-type=user&max-size=4096&max-objects=5&enabled=true`,
    );
    const { ask } = await sessionOn(radosgw());
    const active = release === "tentacle" ? { active: true } : {};
    expect(await ask(getUser, { uid })).toEqual({
      uid,
      displayName: name,
      email: `${release === "tentacle" ? "G" : "g"}lad@${release}.example`,
      suspended: false,
      maxBuckets: 7,
      opMask: ["read"],
      type: "rgw",
      ...(release === "tentacle" && { createDate: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/) }),
      keys: [
        { accessKey: user.accessKey, secretKey: user.secretKey, ...active },
        { accessKey: `z-${name}`, secretKey: "sub-secret", subuser: "sub", ...active },
      ],
      swiftKeys: [{ user: `${uid}:sub`, secretKey: "swift-secret", ...active }],
      subusers: [{ name: "sub", access: "full" }],
      caps: { buckets: "*", usage: "read" },
      userQuota: { enabled: true, maxSizeBytes: 4096, maxObjects: 5 },
      bucketQuota: { enabled: false },
    });
  });

  test("secret keys are secrets", async () => {
    const { uid } = await makeUser(radosgw());
    await must(radosgw(), "PUT", `/admin/user?uid=${uid}&subuser=sub&access=read`);
    const { session } = await sessionOn(radosgw());
    const { outputs } = await invoke(getUser, session, { uid });
    for (const keys of [outputs.keys, outputs.swiftKeys] as Properties[][])
      expect(keys.map(({ secretKey }) => secretKey)).toEqual([expect.any(Secret)]);
  });

  test("a user of a tenant is one of its own", async () => {
    const { uid, name, accessKey } = await makeUser(radosgw(), { tenant: "ten" });
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getUser, { uid })).toMatchObject({ uid: `ten$${name}`, keys: [{ accessKey }] });
    await expect(ask(getUser, { uid: name })).rejects.toThrow(`there is no user "${name}"`);
  });

  test("what a user stores is told where it is asked for", async () => {
    const { uid, ...user } = await makeUser(radosgw());
    await must(user, "PUT", `/${await makeBucket(user)}/object`, "hello");
    await must(radosgw(), "GET", `/admin/user?uid=${uid}&stats=true&sync=true`);
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getUser, { uid })).not.toHaveProperty("stats");
    expect(await ask(getUser, { uid, stats: true })).toMatchObject({
      stats: { sizeBytes: 5, sizeActualBytes: 4096, numObjects: 1 },
    });
  });

  test.each(["size", "objects"])("a quota beyond 2^53 is refused, not rounded: max-%s", async (what) => {
    const { uid } = await makeUser(radosgw());
    const { ask } = await sessionOn(radosgw());
    const set = (figure: string) =>
      must(radosgw(), "PUT", `/admin/user?quota&uid=${uid}&quota-type=bucket&max-${what}=${figure}`);
    await set("9007199254740991");
    expect(await ask(getUser, { uid })).toMatchObject({
      bucketQuota: { [what === "size" ? "maxSizeBytes" : "maxObjects"]: 9007199254740991 },
    });
    await set("9007199254740993");
    await expect(ask(getUser, { uid })).rejects.toThrow(
      /the most (bytes|objects) of the quota of the buckets of user ".*" is beyond 9007199254740991/,
    );
  });

  test("all users are listed in order, whatever the pages", async () => {
    const made = [];
    for (const tenant of ["", "ten", "", ""]) made.push((await makeUser(radosgw(), { tenant })).uid);
    const { ask, api, requests } = await sessionOn(radosgw());
    const { uids } = (await ask(listUsers)) as { uids: string[] };
    expect(requests).toHaveLength(1);
    for (const list of [uids, await listUids(api, 1), await listUids(api, 2)]) {
      expect(list).toEqual([...new Set(list)].sort());
      expect(list).toEqual(expect.arrayContaining(made));
    }
    expect(requests.length).toBeGreaterThanOrEqual(1 + made.length + made.length / 2);
  });

  test("a capability that is lacking is named", async () => {
    const user = await makeUser(radosgw());
    const { ask } = await sessionOn(user);
    await expect(ask(getUser, { uid: user.uid })).rejects.toThrow(/lacks the capability users=read/);
    await expect(ask(listUsers)).rejects.toThrow(/lacks the capability metadata=read/);
  });

  test.runIf(release === "tentacle")(
    "whoever may see users only without their keys sees the rest",
    async () => {
      const reader = await makeUser(radosgw(), { query: "&user-caps=user-info-without-keys%3Dread" });
      const { ask, api } = await sessionOn(reader);
      const user = await ask(getUser, { uid: reader.uid });
      expect(user).toMatchObject({ displayName: reader.name, caps: { "user-info-without-keys": "read" } });
      expect(user).not.toHaveProperty("keys");
      expect(user).not.toHaveProperty("swiftKeys");
      await expect(getUserWithKeys(api, reader.uid)).rejects.toThrow(
        /only without their keys.* takes users=read/,
      );
    },
  );

  test("what is no uid is refused before it is asked for", async () => {
    const { ask, requests } = await sessionOn(radosgw());
    for (const uid of ["", "a:b", "ten$a$b"])
      await expect(ask(getUser, { uid })).rejects.toThrow("uid must be");
    expect(requests).toEqual([]);
    await expect(ask(getUser, { uid: "no+body%41" })).rejects.toThrow('there is no user "no+body%41"');
  });
});

test("a list of users that has no end is given up", async () => {
  const { ask, requests } = await sessionOnAnswer({ keys: ["u"], truncated: "true", marker: "m" });
  await expect(ask(listUsers)).rejects.toThrow(/not come to an end after 1000 pages of 1000 users/);
  expect(requests).toHaveLength(1000);
});
