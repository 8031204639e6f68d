import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { codeOf } from "./words.ts";

/** Keeps other processes off a file until the function that it gives is called. The lock of a dead process is no lock. */
export function lock(file: string): () => void {
  const path = `${file}.lock`;
  if (!take(path)) {
    const holder = Number(readFileSync(path, "utf8"));
    if (isAnother(holder))
      throw new Error(`process ${holder} uses it (if it is no emulator, remove ${path})`);
    rmSync(path, { force: true });
    if (!take(path)) throw new Error("another process has just begun to use it");
  }
  let held = true;
  return () => {
    if (held) rmSync(path, { force: true }); // later it may be another process's
    held = false;
  };
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** In a container every start has the same process id: then the lock is of the start before. */
function isAnother(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM"; // it runs, and is somebody else's
  }
}
