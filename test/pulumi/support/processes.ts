import { execFileSync } from "node:child_process";

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Without those that have ended and that nobody has asked for yet. */
function processes(): Process[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return rows.flatMap((row) => {
    const [, pid, parent, state = "", command = ""] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? [];
    return pid === undefined || state.startsWith("Z")
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** The plugin processes that an engine has started. */
export const pluginsOf = (engine: number | undefined): number[] =>
  processes()
    .filter(({ parent, command }) => parent === engine && command.includes("pulumi-resource-tenantry"))
    .map(({ pid }) => pid);

export const alive = (pids: readonly number[]): number[] =>
  processes()
    .map(({ pid }) => pid)
    .filter((pid) => pids.includes(pid));
