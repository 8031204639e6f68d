import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { lock } from "./lock.ts";
import { inWords } from "./words.ts";

/** A file of JSON that one process has to itself. */
export interface DataFile<T> {
  /** What it held; undefined where it did not exist. */
  content: T | undefined;
  save(value: unknown): void;
  release(): void;
}

/** A file that cannot be used is an error with its name. `parse` throws where the JSON is of another shape. */
export function openDataFile<T>(file: string, parse: (value: unknown) => T): DataFile<T> {
  let release = () => {};
  try {
    release = lock(file);
    return { content: contentOf(file, parse), save: (value) => save(file, value), release };
  } catch (error) {
    release();
    throw new Error(`cannot use the data file ${file}: ${inWords(error)}`, { cause: error });
  }
}

function contentOf<T>(file: string, parse: (value: unknown) => T): T | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  if (text.trim() === "") throw new Error("it is empty (remove it to start afresh)");
  return parse(JSON.parse(text));
}

/** All or nothing, even when the process is killed half-way. Readable by its owner alone: it holds secret keys. */
function save(file: string, value: unknown): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}
