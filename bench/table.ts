import type { Sample } from "./rounds.ts";
import type { Start } from "./start.ts";
import { median, spreadOf } from "./statistics.ts";

/** From spawn to the port, beside a bare Node of the same round. */
export function printStarts(starts: readonly Start[], budget: number): void {
  const times = (name: string, all: readonly number[]) =>
    console.log(`${name.padEnd(16)}${spreadOf(all, 0)} ms`);
  times(
    "plugin start",
    starts.map(({ plugin }) => plugin),
  );
  times(
    "bare Node",
    starts.map(({ node }) => node),
  );
  const ratios = starts.map(({ plugin, node }) => plugin / node);
  console.log(
    `${"plugin / Node".padEnd(16)}${spreadOf(ratios, 2)}, budget ${budget.toFixed(1)}${beside(median(ratios), budget)}`,
  );
}

/** Nothing where the system does not say. */
export function printMemory(name: string, megabytes: number | undefined, budget?: number): void {
  if (megabytes === undefined) return;
  const limit = budget === undefined ? "" : `, budget ${budget}${beside(megabytes, budget)}`;
  console.log(`${name.padEnd(16)}${megabytes.toFixed(0)} MB${limit}`);
}

/** One line for each call and how many at a time: medians over the rounds. */
export function printCalls(samples: readonly Sample[], budget: number): void {
  console.log("\nhyperstore:Group: CPU time of the plugin per call, in µs, beside");
  console.log("  forward   a provider that makes the same HTTP requests by undici and does nothing else");
  console.log("  nothing   the same calls on a provider that does nothing");
  console.log("  undici    the same HTTP requests by undici alone");
  console.log(
    `ratio = plugin / forward: budget ${budget}. The sum (nothing + undici) is out of any provider's reach,`,
  );
  console.log(
    "as forward / sum tells: two processes that do one thing each need less than one that does both.\n",
  );
  console.log(line(columns.map(({ title }) => title)));
  for (const row of new Set(samples.map(nameOf))) {
    const own = samples.filter((sample) => nameOf(sample) === row);
    const cells = columns.map(({ cell }) => cell(own));
    console.log(line(cells) + beside(median(own.map(ratioOf)), budget));
  }
}

interface Column {
  title: string;
  width: number;
  cell(own: readonly Sample[]): string;
}
const middle = (title: string, width: number, digits: number, pick: (sample: Sample) => number): Column => ({
  title,
  width,
  cell: (own) => median(own.map(pick)).toFixed(digits),
});
const ratioOf = ({ plugin, forward }: Sample) => plugin / forward;
const sumOf = ({ nothing, raw }: Sample) => nothing + raw;
/** Median, least and most over the rounds. */
const ratio = (title: string, pick: (sample: Sample) => number): Column => ({
  title,
  width: 20,
  cell: (own) => spreadOf(own.map(pick), 2),
});
const columns: readonly Column[] = [
  { title: "call", width: 6, cell: ([sample]) => sample?.call ?? "" },
  middle("at once", 9, 0, ({ atATime }) => atATime),
  middle("calls/s", 9, 0, ({ rate }) => rate),
  middle("plugin", 8, 0, ({ plugin }) => plugin),
  middle("forward", 9, 0, ({ forward }) => forward),
  ratio("ratio", ratioOf),
  middle("nothing", 9, 0, ({ nothing }) => nothing),
  middle("undici", 8, 0, ({ raw }) => raw),
  ratio("plugin / sum", (sample) => sample.plugin / sumOf(sample)),
  ratio("forward / sum", (sample) => sample.forward / sumOf(sample)),
];

const nameOf = ({ call, atATime }: Sample) => `${call} ${atATime}`;
const line = (cells: string[]) =>
  cells.map((cell, index) => cell.padStart(columns[index]?.width ?? 0)).join("");
export const beside = (figure: number, budget: number) => (figure > budget ? "  over budget" : "");
