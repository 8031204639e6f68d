/**
 * The whole test run: every step goes on although an earlier one failed, and the last line counts them all,
 * tests and checks alike. `make test` calls it after the build.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const scratch = mkdtempSync(join(tmpdir(), "tenantry-test-"));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];

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

/** A run of Vitest, counted test by test; a run that dies before it can report is a failure. */
function tests(name: string, node: string, ...args: string[]): void {
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
    return;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  const failed = numFailedTests === 0 && !ok ? 1 : numFailedTests;
  add(name, { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests });
}

const bin = (name: string) => join("node_modules/.bin", name);
const hasGo = spawnSync("go", ["version"]).status === 0;

check("lint", bin("biome"), "ci", "--colors=off", ".");
check("types", bin("tsc"), "-p", ".");
check("arrows", bin("depcruise"), "provider", "emulator");
check("nothing unused", bin("knip"));
if (hasGo) check("schema.json and sdk/ are current", "tools/generated", "--check");
else skip("schema.json and sdk/ are current", "Pulumi's code generators need Go");

const withoutEngine = ["--exclude", "test/pulumi/**"];
tests("units and laws", process.execPath, ...withoutEngine);
try {
  const node24 = execFileSync("tools/node24", { encoding: "utf8" }).trim();
  tests("units and laws on Node 24", node24, ...withoutEngine);
} catch {
  skip("units and laws on Node 24", "no packaged Node 24 could be had here");
}
tests("the real engine", process.execPath, "test/pulumi");

if (failedSteps.length > 0) console.log(`\nfailed: ${failedSteps.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
