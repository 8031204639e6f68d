import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A process whose CPU time can be asked for. */
export interface Child {
  readonly pid: number;
  /** The first line that it printed. */
  readonly line: string;
  ask<Answer>(question: unknown): Promise<Answer>;
  /** Microseconds of CPU time until now, of all threads. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts a program with `probe.ts` loaded before it, which answers from the inside: the kernel's own figures
 * (/proc/PID/stat) come in steps of 10 ms, and only on Linux.
 */
export async function startChild(bundles: string, program: string, args: string[] = []): Promise<Child> {
  const child = spawn(process.execPath, ["--require", join(bundles, "probe.cjs"), program, ...args], {
    stdio: ["pipe", "pipe", "inherit", "ipc"],
  });
  const line = await firstLine(child);
  let answered: (answer: unknown) => void = () => {};
  child.on("message", (answer) => answered(answer));
  const dead = death(child);
  const ask = <Answer>(question: unknown) => {
    const answer = new Promise((resolve) => {
      answered = resolve;
    });
    child.send(question as object);
    return Promise.race([answer, dead]) as Promise<Answer>;
  };
  return { pid: child.pid ?? 0, line, ask, cpu: () => ask("cpu"), stop: () => stop(child) };
}

export async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the child's output is not piped");
  const lines = createInterface(child.stdout);
  const [line] = await Promise.race([once(lines, "line"), death(child)]);
  child.stdout.resume();
  return String(line);
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  // An open channel would keep it alive.
  if (child.connected) child.disconnect();
  child.kill("SIGTERM");
  await exited;
}

/** Never resolves: rejects when the child ends, which only those learn who wait for it. */
function death(child: ChildProcess): Promise<never> {
  const dead = once(child, "exit").then(([code, signal]) => {
    throw new Error(`${child.spawnargs.join(" ")} ended (${code ?? signal})`);
  });
  dead.catch(() => {});
  return dead;
}
