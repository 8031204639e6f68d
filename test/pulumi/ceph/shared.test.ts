import { expect } from "vitest";
import { unique } from "../../worlds/ceph/native.ts";
import { hand, testOn, userInfo } from "../support/ceph.ts";
import type { Declaration } from "../support/program.ts";

type Part = "first" | "second";

/** Twenty resources that share one user: ten keys, seven subusers, the caps and both quotas. */
function sharing(uid: string, part: Part, serial: string): Declaration[] {
  const isFirst = part === "first";
  const keys = Array.from({ length: 10 }, (_, index) => ({
    type: "ceph:Key",
    name: `key-${index}`,
    args: { uid, accessKey: `KEY${serial}x${index}`, secretKey: { $secret: `${part}-secret-${index}` } },
  }));
  const subusers = Array.from({ length: 7 }, (_, index) => ({
    type: "ceph:Subuser",
    name: `subuser-${index}`,
    args: { uid, name: `sub${index}`, access: isFirst ? "read" : "full" },
  }));
  const quotas = ["user", "bucket"].map((scope) => ({
    type: "ceph:Quota",
    name: `quota-${scope}`,
    args: { uid, scope, maxObjects: isFirst ? 1000 : 2000 },
  }));
  const caps = { type: "ceph:Caps", name: "caps", args: { uid, caps: { usage: isFirst ? "read" : "*" } } };
  return [...keys, ...subusers, ...quotas, caps];
}

for (const release of ["pacific", "tentacle"] as const)
  await testOn(release, (test) => {
    test("twenty changes of one user at once, and somebody else's between them: nothing is lost", async ({
      stack,
      system,
      uid,
    }) => {
      await hand(system, uid, "PUT", "", { "display-name": "Shared", "generate-key": "false" });
      const serial = unique();
      for (const part of ["first", "second"] as const) {
        stack.declare(...sharing(uid, part, serial));
        const { done } = stack.start("up", "--yes", "--skip-preview", "--parallel", "32");
        let isRunning = true;
        const up = done.finally(() => {
          isRunning = false;
        });
        for (let count = 10; isRunning; count++)
          await hand(system, uid, "POST", "", { "max-buckets": String(count % 1000) });
        const { code, output } = await up;
        expect({ code, output }).toMatchObject({ code: 0 });
        expect(output).toContain(part === "first" ? "+ 21 created" : "~ 20 updated");
        expect(output).not.toMatch(/error:|ConcurrentModification/);
        const isFirst = part === "first";
        const user = await userInfo(system, uid);
        const secrets = user.keys.map(({ access_key, secret_key }) => [access_key, secret_key]);
        expect(Object.fromEntries(secrets)).toEqual(
          Object.fromEntries(
            Array.from({ length: 10 }, (_, index) => [`KEY${serial}x${index}`, `${part}-secret-${index}`]),
          ),
        );
        expect(user.subusers.map(({ permissions }) => permissions)).toEqual(
          Array.from({ length: 7 }, () => (isFirst ? "read" : "full-control")),
        );
        expect(user.caps).toMatchObject([{ type: "usage", perm: isFirst ? "read" : "*" }]);
        for (const quota of [user.user_quota, user.bucket_quota])
          expect(quota).toMatchObject({ enabled: true, max_objects: isFirst ? 1000 : 2000 });
      }
      expect(await stack.detectDrift()).toMatchObject({ code: 0 });
      expect(await stack.destroy()).toMatchObject({ code: 0 });
      expect(await userInfo(system, uid)).toMatchObject({ keys: [], subusers: [], caps: [] });
    });
  });
