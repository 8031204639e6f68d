/**
 * Takes many tenants through their life on a real radosgw, by the real engine: with the plugin, with a provider that
 * does nothing (the engine's floor), with one that only makes the same requests (the floor of any provider), and by
 * those requests alone (the raw floor), in turns and in one run.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startOwn } from "../../test/ceph/support/radosgw.ts";
import { bundlePrograms } from "../bundle.ts";
import { shippedPlugin } from "../plugin.ts";
import { inTurns } from "../turns.ts";
import { requestsOf } from "./accesslog.ts";
import { sender } from "./raw.ts";
import { createSide, type Taken } from "./side.ts";
import { explanation, printTables, type Round, type Row } from "./table.ts";
import { type Step, steps } from "./tenant.ts";
import { verify } from "./verify.ts";

const { values } = parseArgs({
  options: {
    tenants: { type: "string", default: "100,500" },
    rounds: { type: "string", default: "2" },
    // The engine's own default on 2 CPUs.
    parallel: { type: "string", default: "8" },
  },
});
const { parallel } = values;
const rounds = Number(values.rounds);

const bundles = await bundlePrograms(["ceph/floor", "ceph/forward", "ceph/meter"]);
const radosgw = await startOwn("pacific");
const takeRequests = requestsOf(radosgw);
const send = sender(radosgw);
const access = {
  RADOSGW_ENDPOINT: radosgw.endpoint,
  RADOSGW_ACCESS_KEY: radosgw.accessKey,
  RADOSGW_SECRET_KEY: radosgw.secretKey,
};
const floor = await createSide(bundles, "floor", join(bundles, "floor.cjs"));
const forward = await createSide(bundles, "forward", join(bundles, "forward.cjs"), access);
const ours = await createSide(bundles, "ours", resolve(shippedPlugin), access);

// Not measured: what is read from the disk for the first time; and whether both send the same.
for (const [index, { ours, raw }] of (await life(1, 0)).entries())
  if (shapes(ours.requests) !== shapes(raw.requests))
    throw new Error(
      `${steps[index]?.name}: the plugin sends ${shapes(ours.requests)}, raw undici ${shapes(raw.requests)}`,
    );
console.log(explanation);
for (const count of values.tenants.split(",").map(Number)) {
  const measured: Round[] = [];
  for (let nth = 1; nth <= rounds; nth++) measured.push(await life(count, nth));
  printTables(count, parallel, measured);
}
console.log(`\nno error, and every tenant as it should be, in ${rounds} rounds of each`);
for (const each of [floor, forward, ours]) await each.close();
process.exit();

/** All steps of so many tenants, each by all three, which take turns in beginning. */
async function life(count: number, nth: number): Promise<Round> {
  const uids = (of: string) => Array.from({ length: count }, (_, index) => `${of}-${nth}-${index}`);
  const [tenants, forwarded, users] = [uids("tenant"), uids("forwarded"), uids("user")];
  const round: Round = [];
  for (const step of steps) {
    const contestants = {
      floor: () => floor.take(step, tenants, parallel),
      forward: () => forward.take(step, forwarded, parallel),
      ours: () => ours.take(step, tenants, parallel),
      raw: () => takeRaw(step, users),
    };
    const names = Object.keys(contestants) as (keyof typeof contestants)[];
    const row: Partial<Row> = {};
    for (const index of names.keys()) {
      const name = names[(index + nth) % names.length] ?? "raw";
      row[name] = { ...(await contestants[name]()), requests: await takeRequests() };
    }
    round.push(row as Row);
    await verify(radosgw, step, tenants);
    await takeRequests();
  }
  return round;
}

async function takeRaw(step: Step, uids: readonly string[]): Promise<Taken> {
  const began = performance.now();
  await inTurns(uids, 16, async (uid) => {
    for (const request of step.raw(uid)) await send(request);
  });
  return { seconds: (performance.now() - began) / 1000, cpu: 0, plugin: { cpu: 0, memory: 0 } };
}

/** What a tenant's requests are made of, without the values; what a process asks once is none of them. */
function shapes(requests: readonly string[]): string {
  return requests
    .filter((request) => !request.includes("type=zone"))
    .map((request) => {
      const [, method, path, query = "", status] = /^(\S+) ([^?]+)\?(\S*) (\d+)$/.exec(request) ?? [];
      const names = query.split("&").map((each) => each.split("=")[0]);
      return `${method} ${path} ${names.sort().join(",")}: ${status}`;
    })
    .join("; ");
}
