import { defineConfig } from "vitest/config";

/** A real engine starts several processes for each command: seconds on a busy machine. */
const engine = ["test/pulumi/**/*.test.ts"];
/** They wait for what a fault holds back, so that more of them than cores keep the cores busy. */
const laws = ["test/laws-*.test.ts", "test/ceph/laws-*.test.ts"];
/** Its tests run side by side, and leave their servers open until the file ends. */
const http = ["test/http/**/*.test.ts"];

export default defineConfig({
  test: {
    projects: [
      project("units", ["test/**/*.test.ts"], [...engine, ...laws, ...http], { isolate: false }),
      project("http", http),
      project("laws", laws, [], { maxWorkers: 4 }),
      project("engine", engine, [], { testTimeout: 90_000 }),
    ],
  },
});

function project(name: string, include: string[], exclude: string[] = [], options = {}) {
  // Two cores.
  const usual = { testTimeout: 30_000, hookTimeout: 60_000, maxWorkers: 2 };
  return { test: { name, include, exclude, ...usual, ...options } };
}
