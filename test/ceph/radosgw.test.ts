import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ask } from "./support/ask.ts";
import { type Release, releases, startOwn, whyNotOwn } from "./support/radosgw.ts";

const support = join(import.meta.dirname, "support/radosgw.ts");

const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

/** What is there of what not every release has: 405 where there is no such thing at all. */
const features: Record<Release, { ratelimit: number; account: number }> = {
  pacific: { ratelimit: 405, account: 405 },
  reef: { ratelimit: 200, account: 405 },
  tentacle: { ratelimit: 200, account: 404 },
};

describe.each(await Promise.all(releases.map(async (each) => [each, await whyNotOwn(each)] as const)))(
  "a radosgw of %s",
  (release, why) => {
    it.skipIf(why)("is that release, takes its key for everything, and ends", async () => {
      const radosgw = await startOwn(release);
      const status = async (path: string) => (await ask(radosgw, "GET", path)).status;
      expect(radosgw.version).toMatch(new RegExp(`^ceph version \\d+\\.\\d+\\.\\d+ \\(.*\\) ${release} `));
      expect(await status("/admin/user?list")).toBe(200);
      expect({
        ratelimit: await status("/admin/ratelimit?global=true"),
        account: await status("/admin/account?id=RGW00000000000000001"),
      }).toEqual(features[release]);
      await radosgw.stop();
      expect(await answers(radosgw.endpoint)).toBe(false);
    });

    it.skipIf(why)("ends when whoever started it is killed", async () => {
      const program = `
        const { startOwn } = await import(${JSON.stringify(support)});
        console.log((await startOwn("${release}")).endpoint);`;
      const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [endpoint] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
      expect(await answers(endpoint)).toBe(true);
      child.kill("SIGKILL");
      while (await answers(endpoint)) await sleep(20); // until the test's own time-out
    });
  },
);

it.skipIf(await whyNotOwn("pacific"))("several run side by side, each a system of its own", async () => {
  const [first, second] = await Promise.all([startOwn("pacific"), startOwn("pacific")]);
  expect(first.endpoint).not.toBe(second.endpoint);
  expect((await ask(first, "PUT", "/admin/user?uid=u&display-name=u")).status).toBe(200);
  expect((await ask(second, "GET", "/admin/user?uid=u")).status).toBe(404);
  const stranger = { ...second, secretKey: first.secretKey };
  expect((await ask(stranger, "GET", "/admin/user?uid=u")).status).toBe(403);
  await Promise.all([first.stop(), second.stop()]);
});
