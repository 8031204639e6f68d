/** Where the time of a test run went: the table at its end. */

/** Vitest's report of one file. */
export interface FileResult {
  name: string;
  message: string;
  startTime: number;
  endTime: number;
  assertionResults: {
    fullName: string;
    title: string;
    status: string;
    duration?: number | null;
    failureMessages: string[];
  }[];
}

export interface Step {
  name: string;
  seconds: number;
  files: FileResult[];
}

/** By step, by file (the ten slowest), and by law, summed over all resources. */
export function timesOf(steps: readonly Step[], root: string): string {
  const files = steps.flatMap(({ name, files: own }) =>
    own.map((file) => [
      `${file.name.replace(`${root}/`, "")} (${name})`,
      (file.endTime - file.startTime) / 1000,
    ]),
  ) as [string, number][];
  return [
    "seconds by step",
    ...rows(steps.map(({ name, seconds }) => [name, seconds])),
    ...rows([["all", steps.reduce((sum, { seconds }) => sum + seconds, 0)]]),
    "",
    "the ten slowest files",
    ...rows(files.sort(bySeconds).slice(0, 10)),
    "",
    "seconds by law, summed over resources and steps: tests wait side by side, so that they are more than the step's",
    ...rows([...byLaw(steps)].sort(bySeconds)),
  ].join("\n");
}

function byLaw(steps: readonly Step[]): Map<string, number> {
  const sums = new Map<string, number>();
  const files = steps.flatMap(({ files }) => files.filter(({ name }) => /\blaws-[^/]*$/.test(name)));
  for (const { title, duration } of files.flatMap(({ assertionResults }) => assertionResults))
    if (duration) sums.set(title, (sums.get(title) ?? 0) + duration / 1000);
  return sums;
}

const bySeconds = ([, one]: [string, number], [, other]: [string, number]) => other - one;

const rows = (entries: [string, number][]): string[] =>
  entries.map(([name, seconds]) => `${seconds.toFixed(1).padStart(8)}  ${name}`);
