/**
 * Writes the table of docs/ceph.md that says which laws hold on which release, from Vitest's report of a run of
 * test/ceph/laws-*. What did not run keeps what the table said of it.
 *   tools/rgw/table.ts REPORT.json [--check]    with --check, fails where the table says something else
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cephCatalog } from "../../provider/ceph/index.ts";

const page = "docs/ceph.md";
const releases = ["pacific", "reef", "tentacle"];
const marked = /(?<=<!-- laws: written by tools\/rgw\/table\.ts -->\n).*?(?=<!-- \/laws -->)/s;

interface Report {
  testResults: {
    assertionResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
}

const [report = "", option] = process.argv.slice(2);
const isCheck = option === "--check";
const text = readFileSync(page, "utf8");
const [before] = marked.exec(text) ?? [];
if (before === undefined) throw new Error(`${page} has no place for the table`);

const results = (JSON.parse(readFileSync(report, "utf8")) as Report).testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === "passed" || status === "failed");

/** "18 of 18 laws", or "from reef on"; undefined where nothing ran. */
function cellOf(release: string, token: string): string | undefined {
  const tests = results.filter(
    ({ ancestorTitles }) => ancestorTitles.includes(release) && ancestorTitles.includes(token),
  );
  const passed = tests.filter(({ status }) => status === "passed");
  const [gate] = tests.flatMap(({ title }) => /^from \w+ on/.exec(title) ?? []);
  if (gate && passed.length === 1) return gate;
  return tests.length > 0 ? `${passed.length} of ${tests.length} laws` : undefined;
}

const cells = (row: string) =>
  row
    .split("|")
    .map((cell) => cell.trim())
    .slice(1, -1);
const rowBefore = (name: string) =>
  before
    .split("\n")
    .map(cells)
    .find(([first]) => first === name) ?? [];

function row(name: string, cellIn: (release: string) => string | undefined): string {
  const kept = rowBefore(name);
  return `| ${[name, ...releases.map((release, index) => cellIn(release) ?? kept[index + 1] ?? "not run")].join(" | ")} |`;
}

const ran = (release: string) => results.some(({ ancestorTitles }) => ancestorTitles.includes(release));
/** Tentacle's packages move, which is nobody's mistake. */
const versionOf = (release: string) =>
  !ran(release) || (isCheck && release === "tentacle")
    ? undefined
    : execFileSync(join(import.meta.dirname, "start.sh"), [release, "--check"], { encoding: "utf8" }).trim();

const after = [
  `| resource | ${releases.join(" | ")} |`,
  "|---|---|---|---|",
  row("`radosgw --version`", versionOf),
  ...cephCatalog.resources.map(({ token }) =>
    row(`\`${token.split(":").at(-1)}\``, (release) => cellOf(release, token)),
  ),
  "",
].join("\n");

const say = `${page} says of the releases of Ceph:\n${before}and the laws say:\n${after}Run make test and commit it.`;
if (after !== before && isCheck) {
  console.error(say);
  process.exitCode = 1;
} else
  writeFileSync(
    page,
    text.replace(marked, () => after),
  );
