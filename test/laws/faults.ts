import type { Fault } from "../../emulator/kit/faults.ts";

export interface NamedFault {
  name: string;
  fault: Fault;
  /** The server did what it was asked, and its answer says otherwise, or is lost. */
  acted: boolean;
}

const kinds: Fault[] = [
  { kind: "timeout-before" },
  { kind: "timeout-after" },
  { kind: "reset-before" },
  { kind: "reset-after" },
  { kind: "500" },
  { kind: "500", acted: true },
  { kind: "502" },
  { kind: "503", retryAfter: 0 },
  { kind: "429" },
  { kind: "401" },
  { kind: "403" },
  { kind: "html" },
  { kind: "cut-json" },
  { kind: "bad-json" },
];

const actedKinds: Fault["kind"][] = ["reset-after", "timeout-after", "cut-json", "bad-json"];

const nameOf = ({ kind, acted }: Fault) => `${kind}${acted ? " after acting" : ""}`;

const named = (fault: Fault, suffix: string): NamedFault => ({
  name: `${nameOf(fault)} ${suffix}`,
  fault,
  acted: fault.acted === true || actedKinds.includes(fault.kind),
});

/** Every way in which one request fails. */
export const single: NamedFault[] = kinds.map((fault) => named(fault, "once"));

/** Most of them again for all requests from some one on; the others would say the same. */
const alike: Fault["kind"][] = ["502", "429", "403", "cut-json"];
const lasting = kinds
  .filter(({ kind, acted }) => !alike.includes(kind) && (kind !== "500" || acted))
  .map((fault) => named({ ...fault, times: 1_000_000 }, "from then on"));

/** Those that take longest come first, so that the others fill the waiting. */
export const faults: NamedFault[] = [...lasting, ...single];

/** Runs tasks side by side, so that their waits overlap, and tells of all that failed. */
export async function sideBySide(
  tasks: { name: string; run(): Promise<unknown> }[],
  width = 32,
): Promise<void> {
  const waiting = [...tasks];
  const failures: Error[] = [];
  const worker = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      const { name, run } = task;
      await run().catch((cause) => failures.push(new Error(`${name}: ${reasonOf(cause)}`, { cause })));
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  const [first] = failures;
  if (!first) return;
  const shown = failures.slice(0, 8).map(({ message }) => message);
  throw new Error(`${failures.length} of ${tasks.length} failed:\n\n${shown.join("\n\n")}`, { cause: first });
}

/** What went wrong at the bottom, and what leads there: fast-check's seed, the number of the request. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [hint = ""] = /seed: -?\d+|at request \d+/.exec(error.message) ?? [];
  return error.cause ? `${hint} ${reasonOf(error.cause)}` : error.message;
}
