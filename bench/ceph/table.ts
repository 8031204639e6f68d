import { median, spreadOf } from "../statistics.ts";
import type { Taken } from "./side.ts";
import { type Step, steps } from "./tenant.ts";

/** What each took for a step, with the requests that the radosgw had of it. */
export type Row = Record<"floor" | "forward" | "ours" | "raw", Taken & { requests: string[] }>;
/** A row for each step. */
export type Round = Row[];

export const explanation = `
Time      of the whole pulumi command, in seconds: ours with the plugin, floor with a provider that does nothing but
          answer what it was asked; forward: with one that only makes the same requests, which no provider can save; raw:
          those by undici alone, signed alike, 16 at a time
Requests  for each tenant, from the log that the radosgw writes anyhow, in the very runs that are timed
CPU       of engine, program and plugin in seconds, and of the plugin alone in milliseconds for each tenant
MB        most memory of the plugin at a time`;

/** One line for each step: medians over the rounds. */
export function printTables(count: number, parallel: string, rounds: readonly Round[]): void {
  console.log(
    `\n${count} tenants, medians of ${rounds.length} rounds, --parallel ${parallel}, file:// backend`,
  );
  for (const columns of [times, work]) {
    console.log(`\n${line(columns, (column) => column.title)}`);
    for (const [index, step] of steps.entries()) {
      const rows = rounds.flatMap((round) => round[index] ?? []);
      console.log(line(columns, (column) => column.cell(rows, step, count)));
    }
  }
}

interface Column {
  title: string;
  width: number;
  cell(rows: readonly Row[], step: Step, count: number): string;
}
type Figure = (row: Row, count: number) => number;

const middle = (title: string, width: number, digits: number, of: Figure): Column => ({
  title,
  width,
  cell: (rows, _, count) => median(rows.map((row) => of(row, count))).toFixed(digits),
});
/** Median, least and most over the rounds. */
const ratio = (of: Figure): Column => ({
  title: "ratio",
  width: 20,
  cell: (rows, _, count) =>
    spreadOf(
      rows.map((row) => of(row, count)),
      2,
    ),
});
const line = (columns: readonly Column[], textOf: (column: Column) => string) =>
  columns.map((column) => textOf(column).padStart(column.width)).join("");

const name: Column = { title: "", width: 18, cell: (_, step) => step.name.padEnd(18) };
const toFloor: Figure = ({ ours, floor }) => ours.seconds / floor.seconds;
const cpuToFloor: Figure = ({ ours, floor }) => ours.cpu / floor.cpu;

const times: readonly Column[] = [
  name,
  middle("ours", 8, 2, ({ ours }) => ours.seconds),
  middle("floor", 8, 2, ({ floor }) => floor.seconds),
  ratio(toFloor),
  {
    title: "budget",
    width: 13,
    cell(rows, { budget }, count) {
      if (budget === undefined || count < 500) return "";
      return `${budget} ${median(rows.map((row) => toFloor(row, count))) > budget ? "missed" : "kept"}`;
    },
  },
  middle("forward", 9, 2, ({ forward }) => forward.seconds),
  ratio(({ ours, forward }) => ours.seconds / forward.seconds),
  middle("raw", 8, 2, ({ raw }) => raw.seconds),
];

const work: readonly Column[] = [
  name,
  middle("requests", 10, 2, ({ ours }, count) => ours.requests.length / count),
  { title: "at most", width: 9, cell: (_, { requests }) => String(requests) },
  middle("CPU ours", 10, 2, ({ ours }) => ours.cpu),
  middle("floor", 8, 2, ({ floor }) => floor.cpu),
  ratio(cpuToFloor),
  middle("plugin", 9, 1, ({ ours }, count) => (ours.plugin.cpu / count) * 1000),
  middle("forward", 9, 1, ({ forward }, count) => (forward.plugin.cpu / count) * 1000),
  middle("floor", 8, 1, ({ floor }, count) => (floor.plugin.cpu / count) * 1000),
  middle("MB ours", 9, 0, ({ ours }) => ours.plugin.memory),
  middle("floor", 7, 0, ({ floor }) => floor.plugin.memory),
];
