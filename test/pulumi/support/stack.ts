import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { Declaration } from "./program.ts";

const root = resolve(import.meta.dirname, "../../..");
const engine = execFileSync(join(root, "tools/pulumi"), ["--path"], { encoding: "utf8" }).trim();

export interface Result {
  code: number;
  /** Both streams, in the order in which they came. */
  output: string;
}

export interface Options {
  env?: Record<string, string>;
  /** One of `examples/`, in place of a program that can be exchanged. */
  example?: string;
}

/** A stack of the real engine with a local backend in a folder of its own, and a program that can be exchanged. */
export interface Stack {
  directory: string;
  env: Record<string, string>;
  /** What the program declares from here on. */
  declare(...resources: Declaration[]): void;
  /** Runs `pulumi ARGS`; never throws for an exit code. */
  run(...args: string[]): Promise<Result>;
  /** The same, still running. */
  start(...args: string[]): { child: ChildProcess; done: Promise<Result> };
  up(...args: string[]): Promise<Result>;
  preview(...args: string[]): Promise<Result>;
  destroy(...args: string[]): Promise<Result>;
  /** The nightly job's command. */
  detectDrift(...args: string[]): Promise<Result>;
  config(key: string, value: string, secret?: boolean): Promise<void>;
  exported(): Promise<{
    resources: ExportedResource[];
    pending: { type: string; resource: ExportedResource }[];
    text: string;
  }>;
  outputs(): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export interface ExportedResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
  delete?: boolean;
}

export async function createStack({ env = {}, example }: Options = {}): Promise<Stack> {
  const directory = mkdtempSync(join(tmpdir(), "tenantry-stack-"));
  for (const folder of ["state", "home"]) mkdirSync(join(directory, folder));
  if (example === undefined) writeProgram(directory);
  else cpSync(join(root, "examples", example), directory, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const paths = [join(root, "dist/plugin"), join(root, "tools/language"), process.env.PATH];
  const environment: Record<string, string> = {
    ...(process.env as Record<string, string>),
    PATH: paths.join(delimiter),
    PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
    PULUMI_HOME: join(directory, "home"),
    PULUMI_CONFIG_PASSPHRASE: "correct horse",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NO_COLOR: "1",
    ...env,
  };

  const start = (...args: string[]) => {
    const child = spawn(engine, [...args, "--non-interactive", "--color", "never"], {
      cwd: directory,
      env: environment,
      detached: true,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data) => {
        output += String(data);
      });
    const done = new Promise<Result>((settle, reject) => {
      child.on("error", reject);
      child.on("close", (code) => settle({ code: code ?? -1, output }));
    });
    return { child, done };
  };
  const run = (...args: string[]) => start(...args).done;
  const must = async (...args: string[]) => {
    const { code, output } = await run(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  };
  const stack: Stack = {
    directory,
    env: environment,
    declare: (...resources) =>
      writeFileSync(join(directory, "program.json"), JSON.stringify(resources, null, 2)),
    run,
    start,
    up: (...args) => run("up", "--yes", "--skip-preview", ...args),
    preview: (...args) => run("preview", ...args),
    destroy: (...args) => run("destroy", "--yes", "--skip-preview", ...args),
    detectDrift: (...args) => run("preview", "--refresh", "--run-program", "--expect-no-changes", ...args),
    config: async (key, value, secret = false) => {
      await must("config", "set", ...(secret ? ["--secret"] : []), key, value);
    },
    async exported() {
      const text = await must("stack", "export");
      const { deployment } = JSON.parse(text.slice(text.indexOf("{")));
      return { resources: deployment.resources ?? [], pending: deployment.pending_operations ?? [], text };
    },
    async outputs() {
      const text = await must("stack", "output", "--json", "--show-secrets");
      return JSON.parse(text.slice(text.indexOf("{")));
    },
    close: async () => rmSync(directory, { recursive: true, force: true }),
  };
  stack.declare();
  await must("stack", "init", "dev");
  return stack;
}

function writeProgram(directory: string): void {
  const files = {
    "Pulumi.yaml": "name: test\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "package.json": '{ "name": "test", "private": true, "main": "index.js" }\n',
    "index.js": `module.exports = require(${JSON.stringify(join(import.meta.dirname, "run-program.cjs"))});\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}
