import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const started: (() => void)[] = [];
afterEach(() => {
  for (const stop of started.splice(0)) stop();
});
const folder = mkdtempSync(join(tmpdir(), "emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string, text?: string) => {
  const file = join(folder, name);
  if (text !== undefined) writeFileSync(file, text);
  return file;
};

const command = ["--import", "tsx", "emulator/main.ts"];

function run(...flags: string[]) {
  const child = spawn(process.execPath, [...command, "hyperstore", "--port", "0", ...flags]);
  started.push(() => child.kill("SIGKILL"));
  return child;
}

async function lineOf(child: ReturnType<typeof run>): Promise<string> {
  const [line] = await once(createInterface(child.stdout), "line");
  return line;
}

const authorization = (name: string, password: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}` },
});

/** What a command that cannot start says; it has to end by itself. */
function complaint(...flags: string[]): string {
  const { status, stdout, stderr, signal } = spawnSync(process.execPath, [...command, ...flags], {
    encoding: "utf8",
    timeout: 20_000,
  });
  expect({ status, stdout, signal }).toEqual({ status: 1, stdout: "", signal: null });
  expect(stderr).toMatch(/^error: .*\n$/);
  return stderr.trim();
}

describe("tenantry-emulator hyperstore", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("prints where it is, and stops cleanly on %s", async (signal) => {
    const child = run("--user", "ops", "--password", "secret", "--control");
    const line = await lineOf(child);
    const form = /^HyperStore Admin API on (http:\/\/127\.0\.0\.1:\d+), user ops, password secret$/;
    const [, url] = form.exec(line) ?? [];
    expect((await fetch(`${url}/system/version`, authorization("ops", "secret"))).status).toBe(200);
    expect((await fetch(`${url}/_emulator/requests`)).status).toBe(200);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("writes the certificate authority where it is told to", async () => {
    const file = inFolder("ca.pem");
    const line = await lineOf(run("--tls", "--ca-file", file));
    expect(line).toMatch(
      /^HyperStore Admin API on https:.*, user sysadmin, password public, CA certificate in .*ca\.pem$/,
    );
    expect(readFileSync(file, "utf8")).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  it("serves the IAM Service too, and prints a key for it", async () => {
    const lines = createInterface(run("--iam", "0").stdout)[Symbol.asyncIterator]();
    await lines.next();
    const { value: line } = await lines.next();
    expect(line).toMatch(/^IAM Service on http:\/\/127\.0\.0\.1:\d+, access key \w{20}, secret key \S{40}$/);
  });

  it("is the kind of system that its flags say", async () => {
    const line = await lineOf(
      run("--region", "north", "south", "--license-number", "42", "--single-node", "--host", "localhost"),
    );
    const [, url] = /(http:\/\/localhost:\d+),/.exec(line) ?? [];
    const get = (path: string) => fetch(url + path, authorization("sysadmin", "public"));
    expect(await (await get("/system/license")).json()).toMatchObject({ licenseNumber: "42" });
    const limits = (region: string) => get(`/qos/limits?groupId=*&userId=ALL&region=${region}`);
    expect([(await limits("south")).status, (await limits("region1")).status]).toEqual([200, 400]);
    expect((await get("/tiering/credentials")).status).toBe(404);
  });

  it("says its version", () => {
    const { stdout, status } = spawnSync(process.execPath, [...command, "--version"], { encoding: "utf8" });
    expect([stdout.trim(), status]).toEqual([manifest.version, 0]);
  });
});

describe("a data file", () => {
  it("belongs to one process, until that ends", async () => {
    const data = inFolder("one.json");
    const first = run("--data", data);
    await lineOf(first);
    expect(complaint("hyperstore", "--port", "0", "--data", data)).toBe(
      `error: cannot use the data file ${data}: process ${first.pid} uses it (if it is no emulator, remove ${data}.lock)`,
    );
    first.kill("SIGTERM");
    await once(first, "exit");
    expect(existsSync(`${data}.lock`)).toBe(false);
  });

  it("is taken over from a process that was killed", async () => {
    const data = inFolder("two.json");
    const first = run("--data", data);
    await lineOf(first);
    first.kill("SIGKILL");
    await once(first, "exit");
    expect(existsSync(`${data}.lock`)).toBe(true);
    expect(await lineOf(run("--data", data))).toContain("HyperStore Admin API on");
  });

  it("is given back by a command that fails afterwards", () => {
    const data = inFolder("three.json");
    complaint(
      "hyperstore",
      "--port",
      "0",
      "--data",
      data,
      "--tls",
      "--ca-file",
      join(folder, "no", "ca.pem"),
    );
    expect(existsSync(`${data}.lock`)).toBe(false);
  });
});

describe("every bad argument is one line, and the end", () => {
  it.each<[flags: string[], complaint: string | RegExp]>([
    [
      ["--port", "http"],
      "option '--port <number>' argument 'http' is invalid. It is a whole number from 0 to 65535.",
    ],
    [
      ["--port", "99999"],
      "option '--port <number>' argument '99999' is invalid. It is a whole number from 0 to 65535.",
    ],
    [
      ["--iam", "99999"],
      "option '--iam [port]' argument '99999' is invalid. It is a whole number from 0 to 65535.",
    ],
    [["--lock-after", "0"], /'0' is invalid. It is a whole number from 1/],
    [["--data", ""], "option '--data <file>' argument '' is invalid. It is empty."],
    [["--user", "a:b"], /'a:b' is invalid. A name without a colon is expected.$/],
    [["--region", "a b"], /'a b' is invalid. A name of letters, digits, _, . and - is expected.$/],
    [["--region", "a", "a"], /'a' is invalid. It is given twice.$/],
    [
      ["--iam", "0", "--iam-absent", "404"],
      /'404' is invalid. Allowed choices are NoSuchEntity, 204, empty.$/,
    ],
    [["--iam-absent", "204"], "--iam-absent and --iam-spelling need --iam"],
    [["--ca-file", "ca.pem"], "--ca-file needs --tls"],
    [["--prot", "1"], "unknown option '--prot' (Did you mean --port?)"],
    [["now"], "too many arguments for 'hyperstore'. Expected 0 arguments but got 1."],
    [["--host", "no.such.host.invalid"], /^cannot listen on port 0 of no\.such\.host\.invalid: /],
    [["--data", join(folder, "no", "state.json")], /state\.json: its directory does not exist$/],
    [["--data", folder], /^cannot use the data file .*: it is a directory$/],
    [["--data", inFolder("empty.json", "")], /empty\.json: it is empty \(remove it to start afresh\)$/],
    [["--data", inFolder("broken.json", '{"regions": [')], /broken\.json: .*JSON/],
    [["--data", inFolder("other.json", "{}")], /other\.json: it is no state of an emulated HyperStore, /],
    [["--tls", "--ca-file", join(folder, "no", "ca.pem")], /ca\.pem: its directory does not exist$/],
    [["--tls", "--ca-file", folder], /^cannot write the certificate authority to .*: it is a directory$/],
  ])("%j", (flags, expected) => {
    const said = complaint("hyperstore", "--port", "0", ...flags).replace(/^error: /, "");
    if (typeof expected === "string") expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  it("an unknown system", () => {
    expect(complaint("hyperstor")).toBe("error: unknown command 'hyperstor' (Did you mean hyperstore?)");
  });

  it("a port that is taken, be it the IAM Service's", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    started.push(() => taken.close());
    const address = taken.address();
    const port = String(typeof address === "object" && address?.port);
    const expected = `error: cannot listen on port ${port} of 127.0.0.1: the port is in use`;
    expect(complaint("hyperstore", "--port", port)).toBe(expected);
    expect(complaint("hyperstore", "--port", "0", "--iam", port)).toBe(expected);
  });
});
