import { join } from "node:path";
import { type Child, startChild } from "./child.ts";
import { groupCalls } from "./group.ts";
import { configure, type Running, startProvider } from "./plugin.ts";
import type { RawJob } from "./raw.ts";
import type { Contestants } from "./rounds.ts";

export interface Setup extends Contestants {
  stop(): Promise<void>;
}

/** Starts the emulator and the three that are compared, and makes sure that they are asked the same. */
export async function setUp(bundles: string, program: string): Promise<Setup> {
  const emulator = await startChild(bundles, "dist/emulator.cjs", ["hyperstore", "--port", "0", "--control"]);
  const url = /http:\S+(?=,)/.exec(emulator.line)?.[0] ?? "";
  const plugin = await startProvider(bundles, program);
  await configure(plugin, { hyperstoreEndpoint: url, hyperstorePassword: "public" });
  const raw = await startChild(bundles, join(bundles, "raw.cjs"), [
    url,
    `Basic ${Buffer.from("sysadmin:public").toString("base64")}`,
  ]);
  const answers = await rehearse(plugin, raw, url);
  const nothing = await startProvider(bundles, join(bundles, "nothing.cjs"), [JSON.stringify(answers)]);
  return {
    plugin,
    nothing,
    raw,
    stop: async () => {
      for (const each of [plugin, nothing, raw, emulator]) await each.stop();
    },
  };
}

/** Makes every call once, and gives what the plugin answered; throws when it sends other requests than `raw`. */
async function rehearse(plugin: Running, raw: Child, url: string): Promise<Record<string, string>> {
  // The first call of a process also asks which system this is.
  await groupCalls[1]?.grpc(plugin, "absent");
  const answers: Record<string, string> = {};
  for (const call of groupCalls) {
    await requestsSince(url);
    const answer = await call.grpc(plugin, "rehearsal-1");
    answers[call.name] = Buffer.from(answer.serializeBinary()).toString("base64");
    const ours = (await requestsSince(url)).replaceAll("rehearsal-1", "rehearsal-2");
    const job: RawJob = { calls: [call.http("rehearsal-2")], atATime: 1 };
    await raw.ask(job);
    const theirs = await requestsSince(url);
    if (ours !== theirs) throw new Error(`${call.name}: the plugin sends ${ours}, raw undici ${theirs}`);
  }
  return answers;
}

/** What the emulator was asked, and forgets now. */
async function requestsSince(url: string): Promise<string> {
  const answer = await fetch(`${url}/_emulator/requests`);
  const requests = (await answer.json()) as { method: string; path: string; query: object; status: number }[];
  await fetch(`${url}/_emulator/requests`, { method: "DELETE" });
  return requests
    .map(({ method, path, query, status }) => `${method} ${path} ${JSON.stringify(query)} ${status}`)
    .join(", ");
}
