import { openSync, readSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The requests since the last time, as in "PUT /admin/user?uid=x 200". */
export type TakeRequests = () => Promise<string[]>;

/** From what a radosgw writes of each request anyhow, so that nothing stands between it and who is measured. */
export function requestsOf({ endpoint, log }: { endpoint: string; log: string }): TakeRequests {
  const read = newRequests(log);
  return async () => {
    // Its own line comes after those of all that was answered before it.
    const mark = `/mark-${Math.random()}`;
    await fetch(endpoint + mark);
    const requests: string[] = [];
    while (!requests.at(-1)?.includes(mark)) {
      requests.push(...read());
      await sleep(10);
    }
    return requests.slice(0, -1);
  };
}

function newRequests(log: string): () => string[] {
  const file = openSync(log, "r");
  const buffer = Buffer.alloc(1 << 20);
  let rest = "";
  return () => {
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer))
      rest += buffer.toString("latin1", 0, length);
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    return lines.flatMap((line) => {
      const [, request, status] = / beast: .*?"(\S+ \S+) HTTP\/1\.1" (\d+)/.exec(line) ?? [];
      return request ? [`${request} ${status}`] : [];
    });
  };
}
