import { join } from "node:path";
import type { Answers } from "./answers.ts";
import { type Child, startChild } from "./child.ts";
import { groupCalls } from "./group.ts";
import { configure, type Running, startProvider } from "./plugin.ts";
import type { RawJob } from "./raw.ts";
import type { Contestants } from "./rounds.ts";

export interface Setup extends Contestants {
  stop(): Promise<void>;
}

/** Starts the emulator and those that are compared, and makes sure that they ask it the same. */
export async function setUp(bundles: string, program: string): Promise<Setup> {
  const emulator = await startChild(bundles, "dist/emulator.cjs", ["hyperstore", "--port", "0", "--control"]);
  const url = /http:\S+(?=,)/.exec(emulator.line)?.[0] ?? "";
  const authorization = `Basic ${Buffer.from("sysadmin:public").toString("base64")}`;

  const plugin = await startProvider(bundles, program);
  await configure(plugin, { hyperstoreEndpoint: url, hyperstorePassword: "public" });
  const raw = await startChild(bundles, join(bundles, "raw.cjs"), [url, authorization]);
  const answers = JSON.stringify(await rehearse(plugin, raw, url));
  const nothing = await startProvider(bundles, join(bundles, "nothing.cjs"), [answers]);
  const forward = await startProvider(bundles, join(bundles, "forward.cjs"), [answers, url, authorization]);
  const stop = async () => {
    for (const each of [plugin, nothing, raw, forward, emulator]) await each.stop();
  };
  return { plugin, nothing, raw, forward, stop };
}

/** Makes every call once, and gives what the plugin answered; throws when it sends other requests than `raw`. */
async function rehearse(plugin: Running, raw: Child, url: string): Promise<Answers> {
  // The first call of a process also asks which system this is.
  await groupCalls.find(({ name }) => name === "read")?.grpc(plugin, "absent");
  const answers: Partial<Answers> = {};
  for (const call of groupCalls) {
    await takeRequests(url);
    const answer = await call.grpc(plugin, "rehearsal-1");
    answers[call.name] = Buffer.from(answer.serializeBinary()).toString("base64");
    const ours = (await takeRequests(url)).replaceAll("rehearsal-1", "rehearsal-2");
    const job: RawJob = { calls: [call.http("rehearsal-2")], atATime: 1 };
    await raw.ask(job);
    const theirs = await takeRequests(url);
    if (ours !== theirs) throw new Error(`${call.name}: the plugin sends ${ours}, raw undici ${theirs}`);
  }
  return answers as Answers;
}

/** What the emulator was asked since the last time. */
async function takeRequests(url: string): Promise<string> {
  const door = `${url}/_emulator/requests`;
  const requests = (await (await fetch(door)).json()) as Record<"method" | "path" | "query", unknown>[];
  await fetch(door, { method: "DELETE" });
  return requests.map(({ method, path, query }) => `${method} ${path} ${JSON.stringify(query)}`).join(", ");
}
