import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

export function load(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** All or nothing, even when the process is killed half-way. Readable by its owner alone: it holds secret keys. */
export function save(file: string, value: unknown): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}
