import { expect } from "vitest";
import { hand, testOn, userInfo, writing } from "../support/ceph.ts";

await testOn("pacific", (test) => {
  test("examples/ceph-tenants: made, watched, rotated, repaired and taken down", async ({ system }) => {
    const stack = await system.open("ceph-tenants");
    try {
      const up = await stack.up();
      expect(up.code, up.output).toBe(0);
      const first = (await stack.outputs()) as Outputs;
      expect(Object.keys(first.accessKeys).sort()).toEqual(["finance", "research"]);
      expect(first.swiftUsers).toEqual({ research: "research:reader" });
      for (const secret of Object.values(first.secretKeys)) expect(up.output).not.toContain(secret);
      expect(await writing(system, () => stack.detectDrift())).toMatchObject({ code: 0, writes: [] });

      await stack.config("rotation", "2");
      const rotation = await stack.up();
      expect(rotation.code, rotation.output).toBe(0);
      const second = (await stack.outputs()) as Outputs;
      const { keys } = await userInfo(system, "finance");
      const held = keys.map(({ access_key }) => access_key);
      expect(second.accessKeys.finance).not.toBe(first.accessKeys.finance);
      expect(held, "the old pair works until the next rotation").toEqual(
        expect.arrayContaining([first.accessKeys.finance, second.accessKeys.finance]),
      );

      await hand(system, "finance", "PUT", "?key", { "access-key": "BYHAND", "secret-key": "by hand" });
      const drift = await stack.detectDrift("--diff");
      expect(drift.code, drift.output).toBe(7);
      expect(drift.output).toContain("BYHAND");
      const repair = await stack.up("--refresh");
      expect(repair.code, repair.output).toBe(0);
      const repaired = await userInfo(system, "finance");
      expect(repaired.keys.map(({ access_key }) => access_key).sort()).toEqual(held.sort());
      expect(await stack.detectDrift()).toMatchObject({ code: 0 });

      const destroy = await stack.destroy();
      expect(destroy.code, destroy.output).toBe(0);
    } finally {
      await stack.close();
    }
  });
});

type Outputs = Record<"accessKeys" | "secretKeys" | "swiftUsers", Record<string, string>>;
