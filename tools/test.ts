/**
 * The whole test run: every step goes on although an earlier one failed, and the last line counts them all,
 * tests and checks alike. `make test` and `make test-deep` call it after the build.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { releases, whyNot } from "../test/ceph/support/radosgw.ts";
import { isDeep } from "../test/laws/depth.ts";
import { type FileResult, type Step, timesOf } from "./times.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const root = resolve(import.meta.dirname, "..");
// Not in dist/, which ships.
const reports = "test-report";
mkdirSync(reports, { recursive: true });
const steps: Step[] = [];
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];
const failedTests: string[] = [];

function add(name: string, counts: Counts): void {
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
  if (counts.failed > 0) failedSteps.push(name);
}

function command(name: string, file: string, args: string[]): boolean {
  console.log(`\n== ${name}`);
  const began = performance.now();
  const { status } = spawnSync(file, args, { stdio: "inherit" });
  steps.push({ name, seconds: (performance.now() - began) / 1000, files: [] });
  return status === 0;
}

/** A check that is one pass or one failure. */
function check(name: string, file: string, ...args: string[]): void {
  const ok = command(name, file, args);
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

function skip(name: string, reason: string): void {
  console.log(`\n== ${name}\nSKIPPED: ${reason}`);
  add(name, { passed: 0, failed: 0, skipped: 1 });
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
  const report = join(reports, `${name.replace(/\W+/g, "-")}.json`);
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", "--reporter=json"];
  const ok = command(name, node, [...vitest, `--outputFile=${report}`, ...args]);
  if (!existsSync(report)) {
    add(name, { passed: 0, failed: 1, skipped: 0 });
    return report;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  for (const step of steps.slice(-1)) step.files = testResults;
  failedTests.push(...testResults.flatMap(failuresOf));
  const failed = numFailedTests === 0 && !ok ? 1 : numFailedTests;
  // What a pattern leaves out is not skipped: it runs elsewhere.
  const skipped = args.includes("--testNamePattern") ? 0 : numPendingTests + numTodoTests;
  add(name, { passed: numPassedTests, failed, skipped });
  return report;
}

/** The releases of Ceph that there is no radosgw of, and why: their tests are skipped, which is a failure in CI. */
async function missingReleases(): Promise<string[]> {
  if (!isGiven) command("a radosgw of each release of Ceph", "tools/rgw/prepare", []);
  const reasons = releases.map(async (release) => {
    const reason = await whyNot(release).catch((error: Error) => {
      add(`Ceph ${release}`, { passed: 0, failed: 1, skipped: 0 });
      return error.message;
    });
    return reason === undefined ? [] : [`Ceph ${release}: ${reason}`];
  });
  return (await Promise.all(reasons)).flat();
}

function newerNode(): string | undefined {
  try {
    return execFileSync("tools/node24", { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
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
const here = process.execPath;
tests("units", here, "--project=units", "--project=http");
const laws = tests("laws", here, "--project=laws");
if (!isGiven && existsSync(laws))
  check("docs/ceph.md says what the laws say", bin("tsx"), "tools/rgw/table.ts", laws, ...inCi("--check"));
const node24 = newerNode();
if (node24 === undefined) skip("Node 24", "no packaged Node 24 could be had here");
else if (isDeep) {
  tests("units on Node 24", node24, "--project=units", "--project=http");
  // A release of Ceph answers every Node alike: one of them is enough here.
  tests("laws on Node 24", node24, "--project=laws", "test/laws-", "test/ceph/laws-reef");
} else {
  // What can differ there: the hosts, the way over the network, and one resource of each system in all that it does.
  tests("hosts and http on Node 24", node24, "test/host", "test/http");
  const samples = "^tenantry:hyperstore:Group |^reef tenantry:ceph:Key ";
  tests("laws on Node 24", node24, "--project=laws", "--testNamePattern", samples);
}
tests("the real engine", here, "--project=engine");

const times = timesOf(steps, root);
writeFileSync(join(reports, "times.txt"), `${times}\n`);
console.log(`\n${times}`);
if (missing.length > 0) console.log(`\nNOT TESTED ON:\n${missing.join("\n")}`);
for (const failure of failedTests) console.log(`\nFAILED: ${failure}`);
if (failedSteps.length > 0) console.log(`\nfailed: ${failedSteps.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
