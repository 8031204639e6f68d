/**
 * Writes the table of docs/ceph.md that says which laws hold on which release, from Vitest's report of a run of
 * test/ceph/laws-*. What did not run keeps what the table said of it.
 *   tools/rgw/table.ts REPORT.json [--check]    with --check, fails where the table says something else
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cephCatalog } from "../../provider/ceph/index.ts";
import { type Result, tableOf } from "./rows.ts";

const page = "docs/ceph.md";
const marked = /(?<=<!-- laws: written by tools\/rgw\/table\.ts -->\n).*?(?=<!-- \/laws -->)/s;

const [report = "", option] = process.argv.slice(2);
const isCheck = option === "--check";
const text = readFileSync(page, "utf8");
const [before] = marked.exec(text) ?? [];
if (before === undefined) throw new Error(`${page} has no place for the table`);

const { testResults } = JSON.parse(readFileSync(report, "utf8")) as {
  testResults: { assertionResults: Result[] }[];
};
const after = tableOf(
  before,
  testResults.flatMap(({ assertionResults }) => assertionResults),
  cephCatalog.resources.map(({ token }) => token),
  // Tentacle's packages move, which is nobody's mistake.
  (release) => (isCheck && release === "tentacle" ? undefined : versionOf(release)),
);
if (!isCheck)
  writeFileSync(
    page,
    text.replace(marked, () => after),
  );
else if (after !== before) {
  console.error(`${page} says:\n${before}and the laws say:\n${after}Run make test and commit it.`);
  process.exitCode = 1;
}

function versionOf(release: string): string {
  return execFileSync(join(import.meta.dirname, "start.sh"), [release, "--check"], {
    encoding: "utf8",
  }).trim();
}
