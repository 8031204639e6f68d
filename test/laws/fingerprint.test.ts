import { describe, expect, test } from "vitest";
import type { Fault } from "../../emulator/kit/faults.ts";
import { ways } from "../worlds/ways.ts";
import { open, start } from "./bench.ts";

/** What is at the bottom of "another system is never believed": each run asks once who the system is. */
describe.each(ways.map((way) => [way.name, way] as const))("%s says who it is", (_, way) => {
  test("once for all calls of a run", async () => {
    const { config, requests } = await start(way);
    const { fingerprint } = open(way, config);
    const [one, ...others] = await Promise.all([fingerprint(), fingerprint(), fingerprint()]);
    expect(one).not.toBe("");
    expect([...others, await fingerprint()]).toEqual([one, one, one]);
    expect(requests).toHaveLength(1);
  });

  test.each<Fault>([{ kind: "403" }, { kind: "500", times: 1000 }, { kind: "html", times: 1000 }])(
    "again, after the first time failed: $kind",
    async (fault) => {
      const { config, requests, faults } = await start(way);
      const { fingerprint } = open(way, config);
      faults.add(fault);
      const first = await Promise.allSettled([fingerprint(), fingerprint()]);
      expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
      faults.clear();
      requests.length = 0;
      const known = await fingerprint();
      expect(await open(way, config).fingerprint(), "what a run without a failure knows").toBe(known);
      expect(await fingerprint()).toBe(known);
      expect(requests, "once by each run").toHaveLength(2);
    },
  );
});
