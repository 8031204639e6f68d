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
  console.log("  nothing   the same calls on a provider that does nothing");
  console.log("  undici    the same HTTP requests by undici alone");
  console.log("  forward   a provider that makes these requests and does nothing else");
  console.log(`ratio = plugin / (nothing + undici): budget ${budget}\n`);
  console.log(
    line([
      "call",
      "at once",
      "calls/s",
      "plugin",
      "nothing",
      "undici",
      "ratio",
      "least–most",
      "forward",
      "ratio",
    ]),
  );
  const rows = new Set(samples.map(nameOf));
  for (const row of rows) {
    const own = samples.filter((sample) => nameOf(sample) === row);
    const middle = (pick: (sample: Sample) => number) => median(own.map(pick));
    const ratios = own.map(({ plugin, nothing, raw }) => plugin / (nothing + raw));
    const cells = [
      ...row.split(" "),
      middle(({ rate }) => rate).toFixed(0),
      middle(({ plugin }) => plugin).toFixed(0),
      middle(({ nothing }) => nothing).toFixed(0),
      middle(({ raw }) => raw).toFixed(0),
      median(ratios).toFixed(2),
      `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
      middle(({ forward }) => forward).toFixed(0),
      middle(({ plugin, forward }) => plugin / forward).toFixed(2),
    ];
    console.log(line(cells) + beside(median(ratios), budget));
  }
}

const nameOf = ({ call, atATime }: Sample) => `${call} ${atATime}`;
const widths = [6, 9, 9, 8, 9, 8, 7, 12, 9, 7];
const line = (cells: string[]) => cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("");
const beside = (figure: number, budget: number) => (figure > budget ? "  over budget" : "");
