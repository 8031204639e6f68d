import { expect, test } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { onEachRelease } from "../functions/kit.ts";
import { opens, userOn } from "./kit.ts";

onEachRelease((radosgw) => {
  /** A live user that no Tenantry has made: three keys, one of them a subuser's, capabilities and both quotas. */
  async function live() {
    const user = await userOn(radosgw());
    const { hand, addKey } = user;
    const pair = () => ({ accessKey: `KEY${unique()}`, secretKey: "theirs" });
    const [given, second, subs] = [pair(), pair(), pair()];
    await hand("PUT", "", {
      ...{ "display-name": "Ada", email: `${user.uid}@Example.com`, "max-buckets": "20" },
      ...{
        "access-key": given.accessKey,
        "secret-key": given.secretKey,
        "user-caps": "usage=read;buckets=*",
      },
    });
    await addKey(second.accessKey);
    await hand("PUT", "", {
      subuser: "swift",
      access: "readwrite",
      "key-type": "swift",
      "secret-key": "swift secret",
    });
    await addKey(subs.accessKey, { subuser: "swift" });
    await hand("PUT", "?quota", { "quota-type": "user", enabled: "true", "max-size": "1099511627776" });
    await hand("PUT", "?quota", { "quota-type": "bucket", enabled: "false", "max-objects": "5" });
    const program = {
      email: `${user.uid}@example.com`,
      maxBuckets: 20,
      caps: { usage: "read", buckets: "*" },
      userQuota: { maxSizeBytes: 1_099_511_627_776 },
      bucketQuota: { enabled: false, maxObjects: 5 },
      subusers: { swift: { access: "readwrite" } },
    };
    return { ...user, given, second, subs, program, before: await user.info() };
  }

  test("an import needs the uid alone, and names keys that others made by their access keys", async () => {
    const { import: take, plan, given, second, subs, program, uid, state, outputs } = await live();
    await take();
    const keys = { [given.accessKey]: {}, [second.accessKey]: {}, [subs.accessKey]: { subuser: "swift" } };
    const { maxBuckets, ...shown } = program;
    expect(state()?.inputs).toMatchObject({ uid, ...shown, keys });
    expect(outputs()).toMatchObject({ maxBuckets });
    for (const others of ["otherKeys", "otherSubusers", "otherCaps"])
      expect(outputs()).not.toHaveProperty(others);
    expect(outputs().credentials[given.accessKey]).toMatchObject(given);
    expect(await plan({ ...program, keys })).toEqual([]);
  });

  test("a program may name them itself, with their access keys and secrets, and changes nothing", async () => {
    const {
      import: take,
      plan,
      up,
      sent,
      info,
      before,
      drift,
      outputs,
      given,
      second,
      subs,
      program,
    } = await live();
    const full = {
      ...program,
      subusers: { swift: { access: "readwrite", swiftSecretKey: "swift secret" } },
      keys: { main: given, batch: { accessKey: second.accessKey }, sub: { ...subs, subuser: "swift" } },
    };
    await take();
    expect(await plan(full)).toEqual([]);
    sent();
    expect(await up(full)).toBe("same");
    expect(sent()).toEqual([]);
    expect(await drift()).toEqual([]);
    expect(Object.keys(outputs().credentials).sort(), "a refresh takes over the names").toEqual([
      "batch",
      "main",
      "sub",
    ]);
    await up({ ...full, displayName: "Lady Ada" });
    expect(sent()).toEqual(["POST /user"]);
    expect(await info()).toEqual({ ...before, display_name: "Lady Ada" });
  });

  test("a program with other secrets, or without one of the keys, shows just that", async () => {
    const { import: take, plan, given, second, subs, program } = await live();
    await take();
    const changes = await plan({
      ...program,
      subusers: { swift: { access: "readwrite", swiftSecretKey: "another" } },
      keys: { main: { ...given, secretKey: "another" }, [subs.accessKey]: { subuser: "swift" } },
    });
    expect(changes?.map(({ kind, property }) => `${kind} ${property}`).sort()).toEqual([
      `delete keys.${second.accessKey}`,
      "update keys.main.secretKey",
      "update subusers.swift.swiftSecretKey",
    ]);
  });

  test("one of Tenantry's own is known again, with rotated keys and those of subusers", async () => {
    const user = await userOn(radosgw());
    const program = (rotate: string) => ({
      keys: { main: { rotate }, "März +": {}, sub: { subuser: "sub" } },
      subusers: { sub: { access: "read" } },
    });
    await user.up(program("1"));
    await user.up(program("2"));
    const { credentials } = user.outputs();
    const before = await user.info();
    await user.import();
    const changes = await user.plan(program("2"));
    expect(changes?.map(({ property }) => property)).toEqual(["keys.main.rotate"]);
    expect(await user.up(program("2"))).toBe("update");
    expect(user.outputs().credentials).toMatchObject({
      main: {
        accessKey: credentials.main?.accessKey,
        previousAccessKey: credentials.main?.previousAccessKey,
      },
      "März +": credentials["März +"],
      sub: credentials.sub,
    });
    expect(await user.info(), "no key was replaced").toEqual(before);
    expect(await user.drift()).toEqual([]);
  });

  test("a key that others made is rotated under the name of the import", async () => {
    const { import: take, up, outputs, given, second, subs, program, keys } = await live();
    await take();
    const rest = { [second.accessKey]: {}, [subs.accessKey]: { subuser: "swift" } };
    await up({ ...program, keys: { [given.accessKey]: { rotate: "1" }, ...rest } });
    const pair = outputs().credentials[given.accessKey];
    expect(pair).toMatchObject({ previousAccessKey: given.accessKey, previousSecretKey: given.secretKey });
    for (const each of [given, { ...given, ...pair }]) expect(await opens(radosgw(), each)).toBe(true);
    expect(await keys()).toHaveLength(4);
  });

  test("there is nothing to import where there is no user", async () => {
    const { import: take } = await userOn(radosgw());
    expect(await take()).toBeUndefined();
  });
});
