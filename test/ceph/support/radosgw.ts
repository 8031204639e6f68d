import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type Access, ask } from "./ask.ts";

/** Those that the tests run on; of others, the one that can what they can. */
export const releases = ["pacific", "reef", "tentacle"] as const;
export type Release = (typeof releases)[number];

/** A radosgw to test on, and a key that may do everything there. */
export interface Radosgw extends Access {
  release: Release;
  /** What it says of itself: "ceph version 18.2.7 (…) reef (stable)". */
  version: string;
  stop(): Promise<void>;
}

const script = resolve(import.meta.dirname, "../../../tools/rgw/start.sh");

/** A system that the environment gives is tested on in place of one that is started here. */
const { RADOSGW_ENDPOINT, RADOSGW_ACCESS_KEY = "", RADOSGW_SECRET_KEY = "" } = process.env;
const given: Promise<Radosgw> | undefined =
  RADOSGW_ENDPOINT === undefined
    ? undefined
    : describeGiven({
        endpoint: RADOSGW_ENDPOINT,
        accessKey: RADOSGW_ACCESS_KEY,
        secretKey: RADOSGW_SECRET_KEY,
      });

/** Why there can be no system of a release here; undefined when there can. For `describe.skipIf`. */
export async function whyNot(release: Release): Promise<string | undefined> {
  if (!given) return whyNotOwn(release);
  const is = (await given).release;
  return is === release ? undefined : `RADOSGW_ENDPOINT is given, and is like ${is}`;
}

export async function whyNotOwn(release: Release): Promise<string | undefined> {
  const reason = await promisify(execFile)(script, [release, "--check"]).then(
    () => undefined,
    (error) => String(error.stderr || error).trim(),
  );
  if (!reason) return undefined;
  // Tentacle comes from packages that move; the others are never passed over where it counts.
  if (process.env.CI && release !== "tentacle") throw new Error(`no radosgw of ${release}: ${reason}`);
  console.warn(`NOT TESTED ON Ceph ${release}: ${reason}`);
  return reason;
}

/** The system that was given, or one of its own that is gone when this process is, however it ends. */
export const startRadosgw = (release: Release): Promise<Radosgw> => given ?? startOwn(release);

/** One of its own, whatever was given: empty, and another system than any other; with the file that it logs to. */
export async function startOwn(release: Release): Promise<Radosgw & { log: string }> {
  // In a process group of its own, so that it is not killed with ours but sees its input end, and tidies up.
  const child = spawn(script, [release], { detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line") as Promise<[string]>,
    ended.then(() => {
      throw new Error(`tools/rgw/start.sh ${release}: ${complaint}`);
    }),
  ]);
  return {
    ...JSON.parse(line),
    release,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

async function describeGiven(access: Access): Promise<Radosgw> {
  const has = async (path: string) => (await ask(access, "GET", path)).status !== 405;
  const release: Release = (await has("/admin/account?id=none"))
    ? "tentacle"
    : (await has("/admin/ratelimit?global=true"))
      ? "reef"
      : "pacific";
  return { ...access, release, version: `like ${release}: ${access.endpoint}`, stop: async () => {} };
}
