/**
 * A refresh of 10,000 users in 100 groups by the plugin, by a provider that makes one GET for each, and by a plain
 * loop of these GETs, in turns and in one run.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startChild } from "./child.ts";
import { configure, type Running, startProvider } from "./plugin.ts";
import type { RawJob } from "./raw.ts";
import { median, spreadOf } from "./statistics.ts";
import { beside, printMemory } from "./table.ts";
import { inTurns } from "./turns.ts";
import { allUsers, get, groups, requestFor, stateWith } from "./users.ts";

const rounds = 3;
/** What the engine has in flight: four times the CPUs. */
const atATime = 8;
/** Milliseconds until the server answers: at once, which no network does, and as a service next door. */
const delays = [0, 5];
/** Whom the plugin is held to, and by how much. */
const [getter, budget] = ["provider of GETs", 0.5];

interface Figures {
  seconds: number;
  requests: number;
}
type Round = Record<string, Figures>;
const none: Figures = { seconds: Number.NaN, requests: Number.NaN };

export async function compareRefreshes(bundles: string, program: string): Promise<void> {
  const users = allUsers();
  const requests = users.map(requestFor);
  const data = join(bundles, "users.json");
  writeFileSync(data, JSON.stringify(stateWith(users)));
  const emulator = await startChild(bundles, "dist/emulator.cjs", [
    ...["hyperstore", "--port", "0", "--control"],
    ...["--data", data],
  ]);
  const url = /http:\S+(?=,)/.exec(emulator.line)?.[0] ?? "";
  const authorization = `Basic ${Buffer.from("sysadmin:public").toString("base64")}`;
  const plugin = await startProvider(bundles, program);
  await configure(plugin, { hyperstoreEndpoint: url, hyperstorePassword: "public" });
  const someAnswer = await read(plugin, requestFor({ groupId: "group0", userId: "user0" }));
  const answers = JSON.stringify({ read: someAnswer.toString("base64") });
  const gets = await startProvider(bundles, join(bundles, "gets.cjs"), [answers, url, authorization]);
  const raw = await startChild(bundles, join(bundles, "raw.cjs"), [url, authorization]);

  const contestants: Record<string, () => Promise<unknown>> = {
    plugin: async () => {
      // As each run of the engine does, which begins with no list read.
      await configure(plugin, { hyperstoreEndpoint: url, hyperstorePassword: "public" });
      await inTurns(requests, atATime, (request) => read(plugin, request));
    },
    [getter]: () => inTurns(requests, atATime, (request) => read(gets, request)),
    "loop of GETs": () => raw.ask({ calls: users.map((user) => [get(user)]), atATime } satisfies RawJob),
  };
  for (const delayMs of delays) {
    await delayAnswers(url, delayMs);
    print(delayMs, users.length, await measure(url, contestants));
  }
  printMemory("peak memory", peakMemory(plugin.pid));
  for (const each of [plugin, gets, raw, emulator]) await each.stop();
}

async function measure(url: string, contestants: Record<string, () => Promise<unknown>>): Promise<Round[]> {
  const names = Object.keys(contestants);
  const measured: Round[] = [];
  for (let nth = 0; nth <= rounds; nth++) {
    const round: Round = {};
    for (const index of names.keys()) {
      const name = names[(index + nth) % names.length] ?? "";
      round[name] = await figures(url, contestants[name] ?? nobody);
    }
    // The first round warms up.
    if (nth > 0) measured.push(round);
  }
  return measured;
}

async function delayAnswers(url: string, delayMs: number): Promise<void> {
  const faults = delayMs > 0 ? [{ kind: "delay", nth: "every", delayMs }] : [];
  const answer = await fetch(`${url}/_emulator/faults`, { method: "POST", body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(await answer.text());
}

const nobody = async () => {};
async function read(to: Running, request: Buffer): Promise<Buffer> {
  const answer = await to.readBytes(request);
  if (answer.length === 0) throw new Error("a user is gone, says the provider");
  return answer;
}

async function figures(url: string, run: () => Promise<unknown>): Promise<Figures> {
  const door = `${url}/_emulator/requests`;
  await fetch(door, { method: "DELETE" });
  const began = performance.now();
  await run();
  const seconds = (performance.now() - began) / 1000;
  const requests = (await (await fetch(door)).json()) as unknown[];
  return { seconds, requests: requests.length };
}

function peakMemory(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function print(delayMs: number, count: number, measured: Round[]): void {
  console.log(
    `\nrefresh of ${count} users in ${groups} groups, ${atATime} at a time, each request answered after ${delayMs} ms, ${rounds} rounds`,
  );
  for (const name of Object.keys(measured[0] ?? {})) {
    const of = (pick: (figures: Figures) => number) =>
      median(measured.map((round) => pick(round[name] ?? none)));
    const requests = of((each) => each.requests);
    const seconds = spreadOf(
      measured.map(({ [name]: own = none }) => own.seconds),
      2,
    );
    const ratios = measured.map(({ plugin = none, [name]: own = none }) => plugin.seconds / own.seconds);
    const ratio = name === "plugin" ? "" : `, plugin / this: ${spreadOf(ratios, 2)}`;
    const limit = name === getter ? `, budget ${budget}${beside(median(ratios), budget)}` : "";
    console.log(`${name.padEnd(18)}${String(requests).padStart(6)} requests, ${seconds} s${ratio}${limit}`);
  }
}
