import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Fault } from "../../emulator/kit/faults.ts";
import { type Served, serve } from "../../emulator/kit/serve.ts";
import type { Vendor } from "../../emulator/kit/types.ts";
import { HttpError, type Request, type Response } from "../../provider/http/index.ts";
import { client } from "./kit.ts";

/** Whatever becomes of each attempt, the end says no more than what is known of the server. */

let acts = 0;
const json = (status: number) => ({ status, type: "application/json", body: JSON.stringify({ acts }) });
const act = () => {
  acts++;
  return json(201);
};
const vendor: Vendor = {
  routes: [
    { method: "GET", path: "/thing", handle: () => json(200) },
    { method: "POST", path: "/thing", handle: act },
    { method: "PUT", path: "/thing", handle: act },
  ],
  secretParameters: [],
  authenticate: () => undefined,
  failure: (_, status) => ({ status, body: "no" }),
  edit() {},
};

let server: Served | undefined;
afterAll(() => server?.close());

/** Time-outs end like resets, only later. A 503 after acting is against its meaning, as is a 4xx. */
const fault = fc.constantFrom<Fault | undefined>(
  undefined,
  { kind: "reset-before" },
  { kind: "reset-after" },
  { kind: "cut-json" },
  { kind: "500" },
  { kind: "500", acted: true },
  { kind: "502" },
  { kind: "504" },
  { kind: "504", acted: true },
  { kind: "503" },
  { kind: "429" },
  { kind: "403" },
);
const script = fc.array(fault, { maxLength: 4 });
const way = fc.constantFrom("idempotent", "settled", "alone");

/** How a request ended: an answer that is an error is one that the vendor throws. */
async function endOf(sent: Promise<Response>): Promise<"done" | HttpError["outcome"]> {
  try {
    const response = await sent;
    return response.status < 300 ? "done" : response.error().outcome;
  } catch (error) {
    if (error instanceof HttpError) return error.outcome;
    throw error;
  }
}

test("a request is not sent, refused or of unknown outcome", async () => {
  server = await serve(vendor, {});
  const { url, faults } = server;
  let attempts: string[] = [];
  const log = (line: string) =>
    attempts.push(...(/^P\w+ \/thing on \w+: (\w+) in/.exec(line)?.slice(1) ?? []));
  const http = client(url, { attempts: 3, retryBaseMs: 0.1, headersTimeoutMs: 10_000 }).bind({ log });

  await fc.assert(
    fc.asyncProperty(script, way, fc.boolean(), async (kinds, how, settleFails) => {
      [acts, attempts] = [0, []];
      faults.clear();
      for (const [index, kind] of kinds.entries())
        if (kind) faults.add({ ...kind, nth: index + 1, match: { path: "/thing", method: methodOf(how) } });
      if (settleFails) faults.add({ kind: "403", match: { method: "GET" } });
      let asked = 0;
      const settle = async () => {
        asked++;
        const there = await http.send({ method: "GET", path: "/thing" });
        if (there.status !== 200) throw there.error();
        return there.json<{ acts: number }>().acts > 0 ? there : undefined;
      };
      const request: Request = {
        method: methodOf(how),
        path: "/thing",
        ...(how === "settled" && { settle }),
      };
      const end = await endOf(http.send(request));

      const doubts = attempts.filter(isDoubt).length;
      if (end === "refused" || end === "not-sent") expect(acts, "nothing happened").toBe(0);
      if (end === "done") expect(acts).toBeGreaterThan(0);
      if (end === "unknown") expect(doubts, "somebody knows why").toBeGreaterThan(0);
      if (how !== "idempotent") expect(acts, "it is done once").toBeLessThanOrEqual(1);
      if (how === "settled") expect(asked, "asked when in doubt").toBe(doubts);
      if (how === "settled" && end === "unknown") expect(settleFails).toBe(true);
      // Nothing is sent after a doubt that nobody can settle.
      if (how === "alone" && doubts > 0)
        expect([attempts.findIndex(isDoubt), end]).toEqual([attempts.length - 1, "unknown"]);
    }),
    { numRuns: 400 },
  );
});

const isDoubt = (answer: string) => ["reset", "500", "502", "504"].includes(answer);
const methodOf = (how: string) => (how === "idempotent" ? "PUT" : "POST");
