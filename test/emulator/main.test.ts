import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "vitest";

const started: (() => void)[] = [];
afterEach(() => {
  for (const stop of started.splice(0)) stop();
});

function run(...flags: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "emulator/main.ts", "hyperstore", ...flags]);
  started.push(() => child.kill("SIGKILL"));
  return child;
}

describe("tenantry-emulator hyperstore", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("prints where it is, and stops cleanly on %s", async (signal) => {
    const child = run("--port", "0", "--user", "ops", "--password", "secret", "--control");
    const [line] = await once(createInterface(child.stdout), "line");
    const [, url] = /^HyperStore Admin API on (http:\/\/127\.0\.0\.1:\d+), user ops$/.exec(line) ?? [];
    const authorization = `Basic ${Buffer.from("ops:secret").toString("base64")}`;
    expect((await fetch(`${url}/system/version`, { headers: { authorization } })).status).toBe(200);
    expect((await fetch(`${url}/_emulator/requests`)).status).toBe(200);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("writes the certificate authority where it is told to", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const file = join(folder, "ca.pem");
    const child = run("--port", "0", "--tls", "--ca-file", file);
    const [line] = await once(createInterface(child.stdout), "line");
    expect(line).toMatch(/^HyperStore Admin API on https:.*, user sysadmin, CA certificate in .*ca\.pem$/);
    expect(readFileSync(file, "utf8")).toMatch(/^-----BEGIN CERTIFICATE-----/);
    rmSync(folder, { recursive: true });
  });

  it("serves the IAM Service too, and prints a key for it", async () => {
    const child = run("--port", "0", "--iam", "0");
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    await lines.next();
    const { value: line } = await lines.next();
    expect(line).toMatch(/^IAM Service on http:\/\/127\.0\.0\.1:\d+, access key \w{20}, secret key \S{40}$/);
  });

  it("says what is wrong with its arguments", async () => {
    const child = run("--port", "http");
    const [complaint] = await once(child.stderr, "data");
    expect(String(complaint)).toContain("a whole number is expected");
    expect(await once(child, "exit")).toEqual([1, null]);
  });
});
