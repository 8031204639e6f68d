/** Loaded into a plugin before its program: when it ends, writes what it took into the file that METER names. */
import { appendFileSync, readFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  const [, kilobytes = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  const taken = { cpu: (user + system) / 1e6, memory: Number(kilobytes) / 1024 };
  appendFileSync(process.env.METER ?? "", `${JSON.stringify(taken)}\n`);
});
