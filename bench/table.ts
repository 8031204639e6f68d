import type { Sample } from "./rounds.ts";
import { median } from "./statistics.ts";

/** The median of some figures; the least tells a slow program from a busy machine. */
export function printFigure(name: string, figures: readonly number[], unit: string, budget?: number): void {
  const middle = median(figures);
  const least = figures.length > 1 ? `, least ${Math.min(...figures).toFixed(0)}` : "";
  const limit = budget === undefined ? "" : ` (budget ${budget})${beside(middle, budget)}`;
  console.log(`${name.padEnd(14)}${middle.toFixed(0).padStart(4)} ${unit}${least}${limit}`);
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
const spread: Column = {
  title: "least–most",
  width: 12,
  cell: (own) => {
    const ratios = own.map(ratioOf);
    return `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  },
};
const columns: readonly Column[] = [
  { title: "call", width: 6, cell: ([sample]) => sample?.call ?? "" },
  middle("at once", 9, 0, ({ atATime }) => atATime),
  middle("calls/s", 9, 0, ({ rate }) => rate),
  middle("plugin", 8, 0, ({ plugin }) => plugin),
  middle("forward", 9, 0, ({ forward }) => forward),
  middle("ratio", 7, 2, ratioOf),
  spread,
  middle("nothing", 9, 0, ({ nothing }) => nothing),
  middle("undici", 8, 0, ({ raw }) => raw),
  middle("plugin / sum", 14, 2, (sample) => sample.plugin / sumOf(sample)),
  middle("forward / sum", 15, 2, (sample) => sample.forward / sumOf(sample)),
];

const nameOf = ({ call, atATime }: Sample) => `${call} ${atATime}`;
const line = (cells: string[]) =>
  cells.map((cell, index) => cell.padStart(columns[index]?.width ?? 0)).join("");
const beside = (figure: number, budget: number) => (figure > budget ? "  over budget" : "");
