import fc from "fast-check";
import { expect, test } from "vitest";
import type { Response } from "../../provider/http/index.ts";
import { client, failure, serve, sleep } from "./kit.ts";

/** Several endpoints of one system, some of which are silent at times, under calls that come together. */

/** What a node does in a step, and after how many milliseconds: answers, or ends the connection. */
interface Mood {
  answers: boolean;
  ms: number;
}
interface Step {
  moods: Mood[];
  calls: ("GET" | "PUT")[];
}

async function startNode(system: string) {
  const mood: Mood = { answers: true, ms: 0 };
  const { url, seen } = await serve(async (response) => {
    await sleep(mood.ms);
    if (mood.answers) response.writeHead(200, { "x-system": system }).end("{}");
    else response.destroy();
  });
  return { url, seen, mood, system };
}

const mood = fc.record({ answers: fc.boolean(), ms: fc.nat(3) });
const story = fc.integer({ min: 2, max: 4 }).chain((count) => {
  const step: fc.Arbitrary<Step> = fc.record({
    moods: fc.array(mood, { minLength: count, maxLength: count }),
    calls: fc.array(fc.constantFrom("GET", "PUT"), { minLength: 1, maxLength: 6 }),
  });
  // One node in some stories belongs to another system.
  return fc.record({
    count: fc.constant(count),
    stranger: fc.option(fc.nat(count * 2)),
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  });
});

test("the node in use is the next one that answers, for as long as it does", async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ count, stranger, steps }) => {
      const nodes = await Promise.all(
        Array.from({ length: count }, (_, nth) => startNode(nth === stranger ? "theirs" : "ours")),
      );
      const urls = nodes.map(({ url }) => url);
      const systemIn = ({ headers }: Response) => headers["x-system"];
      const connection = client(urls, {
        probe: { path: "/version", systemIn },
        attempts: 1,
        headersTimeoutMs: 10_000,
      });
      let current = 0;
      let known: string | undefined;
      const log = (message: string) => {
        const at = /going on at (\S+)$/.exec(message)?.[1];
        if (at !== undefined) last = urls.indexOf(at);
      };
      let last = 0;
      const http = connection.bind({ log, quiet: true });

      for (const [nth, { moods, calls }] of steps.entries()) {
        for (const [index, node] of nodes.entries()) {
          Object.assign(node.mood, moods[index]);
          node.seen.length = 0;
        }
        const sent = calls.map((method, index) =>
          http.send({ method, path: "/thing", query: { nth, index } }),
        );
        const ends = await Promise.allSettled(sent);
        const way = Array.from({ length: count }, (_, far) => (current + far) % count);
        const asked = nodes.flatMap(({ seen }, index) => (seen.length > 0 ? [index] : []));
        const found = way.find((index) => moods[index]?.answers);
        if (found === undefined) {
          for (const promise of sent)
            expect(["not-sent", "unknown"]).toContain((await failure(promise)).outcome);
          current = last;
          continue;
        }
        known ??= nodes[found]?.system;
        const isOurs = nodes[found]?.system === known;
        expect(ends.map(({ status }) => status)).toEqual(
          calls.map(() => (isOurs ? "fulfilled" : "rejected")),
        );
        const tried = way.slice(0, way.indexOf(found) + 1);
        expect(asked, "none past the one that answers").toEqual(tried.sort());
        expect(last, "the one in use").toBe(found);
        const [first] = nodes[found]?.seen ?? [];
        if (found !== current) expect(first, "it is asked who it is, each time").toBe("GET /version");
        current = found;
      }
      for (const { system, seen } of nodes)
        if (system !== known) expect(seen.filter((line) => line !== "GET /version")).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
