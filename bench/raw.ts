/** The same HTTP requests as the plugin sends, by undici and nothing else. */
import { Pool } from "undici";
import { inTurns } from "./turns.ts";

export interface HttpRequest {
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  body?: string;
}
export interface RawJob {
  /** One list for each call: its requests go one after the other. */
  calls: HttpRequest[][];
  atATime: number;
}

const [, , url = "", authorization = ""] = process.argv;
const pool = new Pool(url, { connections: 16 });
const headers = { accept: "application/json", "user-agent": "tenantry", authorization };

process.on("message", (job: RawJob | "cpu") => {
  if (job === "cpu") return;
  const before = process.cpuUsage();
  inTurns(job.calls, job.atATime, async (requests) => {
    for (const request of requests) await send(request);
  }).then(() => {
    const { user, system } = process.cpuUsage(before);
    process.send?.(user + system);
  });
});
process.stdout.write("ready\n");

async function send({ method, path, body }: HttpRequest): Promise<void> {
  const { statusCode, body: answer } = await pool.request({
    method,
    path,
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  if (statusCode !== 200) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
}
