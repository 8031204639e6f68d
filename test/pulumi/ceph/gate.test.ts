import { expect } from "vitest";
import { hand, testOn, writing } from "../support/ceph.ts";
import type { Declaration } from "../support/program.ts";

const tooNew = (uid: string): [Declaration, string][] => [
  [{ type: "ceph:RateLimit", name: "limit", args: { uid, maxReadOps: 100 } }, "Reef"],
  [
    {
      type: "ceph:User",
      name: "user",
      args: { uid: `${uid} too`, displayName: "B", rateLimit: { maxReadOps: 100 } },
    },
    "Reef",
  ],
  [{ type: "ceph:Account", name: "account", args: { name: "physics" } }, "Tentacle"],
];

await testOn("pacific", (test) => {
  test("what the cluster is too old for is refused by the preview, which says what it takes", async ({
    stack,
    system,
    uid,
  }) => {
    await hand(system, uid, "PUT", "", { "display-name": "Ada", "generate-key": "false" });
    for (const [declared, release] of tooNew(uid)) {
      stack.declare(declared);
      const { code, output, writes } = await writing(system, () => stack.preview());
      expect(code, output).not.toBe(0);
      expect(output).toMatch(new RegExp(`error: .*${release}`));
      expect(writes).toEqual([]);
    }
  });
});
