import type { Sample } from "./rounds.ts";
import { median } from "./statistics.ts";

export function printFigure(name: string, figure: number | undefined, unit: string, budget?: number): void {
  if (figure === undefined) return;
  const limit = budget === undefined ? "" : `  (budget ${budget} ${unit})${beside(figure, budget)}`;
  console.log(`${name.padEnd(14)}${figure.toFixed(0).padStart(5)} ${unit}${limit}`);
}

/** One line for each call and how many at a time: medians over the rounds. */
export function printCalls(samples: readonly Sample[], budget: number): void {
  console.log("\nhyperstore:Group, CPU time per call in µs; ratio = plugin / (do nothing + undici)");
  console.log(
    line(["call", "at once", "calls/s", "plugin", "do nothing", "undici", "ratio", "least–most", "budget"]),
  );
  const rows = new Set(samples.map(({ call, atATime }) => `${call} ${atATime}`));
  for (const row of rows) {
    const own = samples.filter(({ call, atATime }) => `${call} ${atATime}` === row);
    const ratios = own.map(({ plugin, nothing, raw }) => plugin / (nothing + raw));
    const middle = (pick: (sample: Sample) => number) => median(own.map(pick)).toFixed(0);
    const cells = [
      ...row.split(" "),
      middle(({ rate }) => rate),
      middle(({ plugin }) => plugin),
      middle(({ nothing }) => nothing),
      middle(({ raw }) => raw),
      median(ratios).toFixed(2),
      `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`,
      `${budget}`,
    ];
    console.log(line(cells) + beside(median(ratios), budget));
  }
}

const widths = [6, 9, 9, 8, 12, 8, 7, 12, 8];
const line = (cells: string[]) => cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("");
const beside = (figure: number, budget: number) => (figure > budget ? "  over budget" : "");
