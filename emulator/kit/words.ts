/** What the system's errors mean to somebody who started the emulator. */
const meanings: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EADDRINUSE: "the port is in use",
  EADDRNOTAVAIL: "this machine has no such address",
  EISDIR: "it is a directory",
  ENOENT: "its directory does not exist",
  ENOTDIR: "what should be its directory is a file",
  ENOTFOUND: "this machine has no such address",
  EROFS: "the file system is read-only",
};

export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return meanings[codeOf(error) ?? ""] ?? error.message;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
