/** Makes the HTTP requests that it is given, and tells what CPU time they took. */
import { type HttpRequest, sender } from "./sender.ts";
import { inTurns } from "./turns.ts";

export interface RawJob {
  /** One list for each call: its requests go one after the other. */
  calls: HttpRequest[][];
  atATime: number;
}

const [, , url = "", authorization = ""] = process.argv;
const send = sender(url, authorization);

process.on("message", async (job: RawJob | "cpu") => {
  if (job === "cpu") return;
  const before = process.cpuUsage();
  await inTurns(job.calls, job.atATime, async (requests) => {
    for (const request of requests) await send(request);
  });
  const { user, system } = process.cpuUsage(before);
  process.send?.(user + system);
});
process.stdout.write("ready\n");
