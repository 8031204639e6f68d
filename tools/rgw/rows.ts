const releases = ["pacific", "reef", "tentacle"];

/** What Vitest's report says of a test of the laws: the release and the resource are among the titles. */
export interface Result {
  ancestorTitles: string[];
  title: string;
  status: string;
}

/** The table of a run; `before` is what it was, and stays where nothing ran. `versionOf` is asked for what ran. */
export function tableOf(
  before: string,
  results: Result[],
  tokens: string[],
  versionOf: (release: string) => string | undefined,
): string {
  const ran = results.filter(({ status }) => status === "passed" || status === "failed");
  const of = (...titles: string[]) =>
    ran.filter(({ ancestorTitles }) => titles.every((title) => ancestorTitles.includes(title)));

  function row(name: string, cellIn: (release: string) => string | undefined): string {
    const [, ...kept] =
      before
        .split("\n")
        .map(cellsOf)
        .find(([first]) => first === name) ?? [];
    const cells = releases.map((release, index) => cellIn(release) ?? kept[index] ?? "not run");
    return `| ${[name, ...cells].join(" | ")} |`;
  }
  return [
    `| resource | ${releases.join(" | ")} |`,
    "|---|---|---|---|",
    row("`radosgw --version`", (release) => (of(release).length > 0 ? versionOf(release) : undefined)),
    ...tokens.map((token) => row(`\`${token.split(":").at(-1)}\``, (release) => cellOf(of(release, token)))),
    "",
  ].join("\n");
}

/** "18 of 18 laws", or "from reef on"; undefined where nothing ran. */
function cellOf(tests: Result[]): string | undefined {
  const passed = tests.filter(({ status }) => status === "passed");
  const [gate] = tests.flatMap(({ title }) => /^from \w+ on/.exec(title) ?? []);
  if (gate && passed.length === 1) return gate;
  return tests.length > 0 ? `${passed.length} of ${tests.length} laws` : undefined;
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .map((cell) => cell.trim())
    .slice(1, -1);
