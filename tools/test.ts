/**
 * The whole test run: every step goes on although an earlier one failed, and the last line counts them all,
 * tests and checks alike. `make test` calls it after the build.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { releases, whyNot } from "../test/ceph/support/radosgw.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const scratch = mkdtempSync(join(tmpdir(), "tenantry-test-"));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];
const failedTests: string[] = [];

function add(name: string, counts: Counts): void {
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
  if (counts.failed > 0) failedSteps.push(name);
}

function command(file: string, args: string[]): boolean {
  return spawnSync(file, args, { stdio: "inherit" }).status === 0;
}

/** A check that is one pass or one failure. */
function check(name: string, file: string, ...args: string[]): void {
  console.log(`\n== ${name}`);
  const ok = command(file, args);
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

function skip(name: string, reason: string): void {
  console.log(`\n== ${name}\nSKIPPED: ${reason}`);
  add(name, { passed: 0, failed: 0, skipped: 1 });
}

interface FileResult {
  name: string;
  message: string;
  assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
}

/** In short: where only the end of a long output is kept, that is what is left of a failure. */
function failuresOf({ name, message, assertionResults }: FileResult): string[] {
  const short = (text = "") => text.split("\n").slice(0, 30).join("\n").slice(0, 3000);
  if (assertionResults.length === 0 && message) return [`${name}\n${short(message)}`];
  return assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => `${fullName}\n${short(failureMessages[0])}`);
}

/** A run of Vitest, counted test by test; a run that dies before it can report is a failure. Gives its report. */
function tests(name: string, node: string, ...args: string[]): string {
  console.log(`\n== ${name}`);
  const report = join(scratch, `${name.replace(/\W+/g, "-")}.json`);
  const ok = command(node, [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile=${report}`,
    ...args,
  ]);
  if (!existsSync(report)) {
    add(name, { passed: 0, failed: 1, skipped: 0 });
    return report;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  failedTests.push(...testResults.flatMap(failuresOf));
  const failed = numFailedTests === 0 && !ok ? 1 : numFailedTests;
  add(name, { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests });
  return report;
}

/** The releases of Ceph that there is no radosgw of, and why: their tests are skipped, which is a failure in CI. */
async function missingReleases(): Promise<string[]> {
  console.log("\n== a radosgw of each release of Ceph");
  if (!isGiven) command("tools/rgw/prepare", []);
  const reasons = releases.map(async (release) => {
    const reason = await whyNot(release).catch((error: Error) => {
      add(`Ceph ${release}`, { passed: 0, failed: 1, skipped: 0 });
      return error.message;
    });
    return reason === undefined ? [] : [`Ceph ${release}: ${reason}`];
  });
  return (await Promise.all(reasons)).flat();
}

/** A system to test on in place of those that are started here: the table is not of it. */
const isGiven = process.env.RADOSGW_ENDPOINT !== undefined;
const inCi = (option: string) => (process.env.CI ? [option] : []);
const bin = (name: string) => join("node_modules/.bin", name);
const hasGo = spawnSync("go", ["version"]).status === 0;

check("lint", bin("biome"), "ci", "--colors=off", ".");
check("types", bin("tsc"), "-p", ".");
check("arrows", bin("depcruise"), "provider", "emulator");
check("nothing unused", bin("knip"));
if (hasGo) check("schema.json and sdk/ are current", "tools/generated", "--check");
else skip("schema.json and sdk/ are current", "Pulumi's code generators need Go");

const missing = await missingReleases();
const withoutEngine = ["--exclude", "test/pulumi/**", "--exclude", "test/ceph/laws-*"];
tests("units and laws", process.execPath, ...withoutEngine);
try {
  const node24 = execFileSync("tools/node24", { encoding: "utf8" }).trim();
  tests("units and laws on Node 24", node24, ...withoutEngine);
} catch {
  skip("units and laws on Node 24", "no packaged Node 24 could be had here");
}
const laws = tests("laws on real radosgw", process.execPath, "test/ceph/laws-");
if (!isGiven && existsSync(laws))
  check("docs/ceph.md says what the laws say", bin("tsx"), "tools/rgw/table.ts", laws, ...inCi("--check"));
tests("the real engine", process.execPath, "test/pulumi");

if (missing.length > 0) console.log(`\nNOT TESTED ON:\n${missing.join("\n")}`);
for (const failure of failedTests) console.log(`\nFAILED: ${failure}`);
if (failedSteps.length > 0) console.log(`\nfailed: ${failedSteps.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
