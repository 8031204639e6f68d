import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Stack } from "./stack.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Turns a stack's folder into a project that has `tenantry` installed, as npm would, and uses no plugin. */
export function installDynamic({ directory }: Stack): void {
  const modules = join(directory, "node_modules");
  rmSync(modules);
  mkdirSync(modules);
  symlinkSync(join(root, "node_modules/@pulumi"), join(modules, "@pulumi"));
  symlinkSync(root, join(modules, "tenantry"));
}

/** The program from here on; what it assigns to `exports` are the stack's outputs. */
export function program({ directory }: Stack, text: string): void {
  const head = [
    'const pulumi = require("@pulumi/pulumi");',
    'const { hyperstore } = require("tenantry/dynamic");',
  ];
  writeFileSync(join(directory, "index.js"), [...head, text, ""].join("\n"));
}
