import { expect } from "vitest";
import type { Access } from "../../ceph/support/ask.ts";
import { unique } from "../../worlds/ceph/native.ts";
import { hand, testOn, userInfo, writing } from "../support/ceph.ts";
import type { Declaration } from "../support/program.ts";
import type { Stack } from "../support/stack.ts";

/** A live user whom no Tenantry has made: three keys, one of them a subuser's, capabilities and both quotas. */
async function live(system: Access, uid: string) {
  const pair = () => ({ accessKey: `KEY${unique()}`, secretKey: `secret-${unique()}` });
  const wire = ({ accessKey, secretKey }: ReturnType<typeof pair>) => ({
    "access-key": accessKey,
    "secret-key": secretKey,
  });
  const [given, second, subs] = [pair(), pair(), pair()];
  await hand(system, uid, "PUT", "", {
    ...{ "display-name": "Ada", "max-buckets": "20", "user-caps": "usage=read;buckets=*" },
    ...wire(given),
  });
  await hand(system, uid, "PUT", "?key", { "key-type": "s3", ...wire(second) });
  await hand(system, uid, "PUT", "", { subuser: "sub", access: "readwrite" });
  await hand(system, uid, "PUT", "?key", { "key-type": "s3", subuser: "sub", ...wire(subs) });
  await hand(system, uid, "PUT", "?quota", {
    "quota-type": "user",
    enabled: "true",
    "max-size": "1099511627776",
  });
  await hand(system, uid, "PUT", "?quota", { "quota-type": "bucket", enabled: "false", "max-objects": "5" });
  const program = (keys: object): Declaration => ({
    type: "ceph:User",
    name: "ada",
    args: {
      uid,
      displayName: "Ada",
      maxBuckets: 20,
      caps: { usage: "read", buckets: "*" },
      userQuota: { maxSizeBytes: 1_099_511_627_776 },
      bucketQuota: { enabled: false, maxObjects: 5 },
      subusers: { sub: { access: "readwrite" } },
      keys,
    },
  });
  const asImported = { [given.accessKey]: {}, [second.accessKey]: {}, [subs.accessKey]: { subuser: "sub" } };
  const named = {
    main: { ...given, secretKey: { $secret: given.secretKey } },
    batch: { accessKey: second.accessKey },
    sub: { ...subs, secretKey: { $secret: subs.secretKey }, subuser: "sub" },
  };
  const secrets = [given, second, subs].map(({ secretKey }) => secretKey);
  return { program, asImported, named, secrets, before: await userInfo(system, uid) };
}

const importing = (stack: Stack, id: string) =>
  stack.run(
    ...["import", "tenantry:ceph:User", "ada", id],
    ...["--yes", "--skip-preview", "--generate-code=false", "--protect=false"],
  );

await testOn("pacific", (test) => {
  for (const names of ["asImported", "named"] as const)
    test(`pulumi import, then the program with keys ${names}: nothing changes, no key is replaced`, async ({
      stack,
      system,
      uid,
    }) => {
      const { program, before, secrets, ...keys } = await live(system, uid);
      const imported = await importing(stack, uid);
      expect(imported).toMatchObject({ code: 0 });
      stack.declare(program(keys[names]));
      const up = await writing(system, () => stack.up("--expect-no-changes"));
      expect(up).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("2 unchanged") });
      expect(await stack.detectDrift()).toMatchObject({ code: 0 });
      expect(await stack.up("--refresh", "--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await userInfo(system, uid)).toEqual(before);
      const { text } = await stack.exported();
      for (const secret of secrets)
        for (const shown of [text, imported.output, up.output]) expect(shown).not.toContain(secret);
    });

  for (const names of ["asImported", "named"] as const)
    test(`the resource option import, with keys ${names}: the same`, async ({ stack, system, uid }) => {
      const { program, before, ...keys } = await live(system, uid);
      const declared = program(keys[names]);
      stack.declare({ ...declared, options: { import: uid } });
      const up = await writing(system, () => stack.up());
      expect(up).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("1 imported") });
      stack.declare(declared);
      expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
      expect(await stack.detectDrift()).toMatchObject({ code: 0 });
      expect(await userInfo(system, uid)).toEqual(before);
    });

  test("a program that leaves out a key that was imported says so in its plan", async ({
    stack,
    system,
    uid,
  }) => {
    const { program, asImported } = await live(system, uid);
    await importing(stack, uid);
    const [gone = "", ...rest] = Object.keys(asImported);
    stack.declare(program(Object.fromEntries(rest.map((name) => [name, asImported[name]]))));
    const { code, output } = await stack.preview("--diff");
    expect(code).toBe(0);
    expect(output).toMatch(new RegExp(`- +${gone}`));
  });

  test("there is nothing to import where there is no user", async ({ stack }) => {
    const refused = await importing(stack, "nobody");
    expect(refused.code).not.toBe(0);
    expect(refused.output).toContain("'nobody' does not exist");
  });
});
