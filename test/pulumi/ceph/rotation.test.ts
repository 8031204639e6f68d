import { expect } from "vitest";
import { type Access, ask } from "../../ceph/support/ask.ts";
import { hand, testOn, userInfo } from "../support/ceph.ts";
import type { Declaration } from "../support/program.ts";
import type { Stack } from "../support/stack.ts";

interface Pair {
  accessKey: string;
  secretKey: string;
}

/** One who works with the pair, and what came of it when it got another one. */
const client = ({ endpoint }: Access, pair: unknown): Declaration => ({
  type: "client",
  name: "client",
  args: { endpoint, pair },
  export: ["pair", "withOld", "withNew"],
});

async function clientOf(stack: Stack) {
  const { client_pair: pair, client_withOld: withOld, client_withNew: withNew } = await stack.outputs();
  return { pair: pair as Pair, withOld, withNew };
}

await testOn("pacific", (test) => {
  test("a user's key: who depends on it works with the old pair until it has the new one, and is told so beforehand", async ({
    stack,
    system,
    uid,
  }) => {
    const status = async (pair: Pair) => (await ask({ ...system, ...pair }, "GET", "/")).status;
    const program = (main: object) => [
      { type: "ceph:User", name: "ada", args: { uid, displayName: "Ada", keys: { main, other: {} } } },
      client(system, {
        accessKey: "${ada.credentials.main.accessKey}",
        secretKey: "${ada.credentials.main.secretKey}",
      }),
    ];
    stack.declare(...program({}));
    expect(await stack.up()).toMatchObject({ code: 0 });
    const { pair: first, withNew } = await clientOf(stack);
    expect(withNew).toBe(200);

    stack.declare(...program({ rotate: "1" }));
    const plan = await stack.preview();
    expect(plan.output).toContain("2 to update");
    expect(await stack.up()).toMatchObject({ code: 0 });
    const second = await clientOf(stack);
    expect(second).toMatchObject({ withOld: 200, withNew: 200 });
    expect(second.pair.accessKey).not.toBe(first.accessKey);
    expect(await status(first), "valid until the next rotation").toBe(200);

    stack.declare(...program({ rotate: "2" }));
    expect(await stack.up()).toMatchObject({ code: 0 });
    const third = await clientOf(stack);
    expect(third).toMatchObject({ withOld: 200, withNew: 200 });
    expect([await status(first), await status(second.pair)]).toEqual([403, 200]);

    stack.declare(...program({ rotate: "2", keepPrevious: 0 }));
    expect((await stack.up()).output).toContain("1 updated");
    expect([await status(second.pair), await status(third.pair)]).toEqual([403, 200]);
    expect(await stack.detectDrift()).toMatchObject({ code: 0 });
    const { text } = await stack.exported();
    for (const { secretKey } of [first, second.pair, third.pair]) expect(text).not.toContain(secretKey);
  });

  const ways: [string, (uid: string, text: string) => Partial<Declaration>][] = [
    ["rotate", (uid, rotate) => ({ args: { uid, rotate } })],
    [
      "a replacement trigger",
      (uid, replacementTrigger) => ({ args: { uid }, options: { replacementTrigger } }),
    ],
  ];
  test.for(ways)(
    "a Key of its own, by %s: the old pair is deleted after all that depends on it has the new one",
    async ([, declared], { stack, system, uid }) => {
      await hand(system, uid, "PUT", "", { "display-name": "Ada", "generate-key": "false" });
      const program = (text: string) => [
        { type: "ceph:Key", name: "key", ...declared(uid, text) },
        client(system, { accessKey: "${key.accessKey}", secretKey: "${key.secretKey}" }),
      ];
      stack.declare(...program("1"));
      expect(await stack.up()).toMatchObject({ code: 0 });
      const { pair: first } = await clientOf(stack);

      stack.declare(...program("2"));
      const { code, output } = await stack.up();
      expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("1 replaced") });
      const { pair: second, ...client2 } = await clientOf(stack);
      expect(client2).toEqual({ withOld: 200, withNew: 200 });
      const { keys } = await userInfo(system, uid);
      expect(keys).toMatchObject([{ access_key: second.accessKey, secret_key: second.secretKey }]);
      expect(second.accessKey).not.toBe(first.accessKey);
      expect(await stack.detectDrift()).toMatchObject({ code: 0 });
    },
  );
});
