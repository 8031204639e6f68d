import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startHyperStore } from "../../emulator/hyperstore/index.ts";
import { toJson } from "../../emulator/hyperstore/json.ts";
import { freshState } from "../../emulator/hyperstore/state.ts";
import { openDataFile } from "../../emulator/kit/data-file.ts";
import { lock } from "../../emulator/kit/lock.ts";

const folder = mkdtempSync(join(tmpdir(), "emulator-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "state.json");
const fresh = toJson(freshState()) as Record<string, unknown>;

test.each([
  ["a list", [], "it holds no object"],
  ["another program's", { version: 3, serial: 7 }, 'it holds no "regions"'],
  ["a list for an object", { ...fresh, qos: [] }, 'it holds no "qos"'],
  ["an object for a list", { ...fresh, users: {} }, 'it holds no "users"'],
  ["no regions", { ...fresh, regions: [] }, "it holds no names of regions"],
  ["regions of another form", { ...fresh, regions: [1] }, "it holds no names of regions"],
  ["a group without a profile", { ...fresh, groups: [{}] }, 'something else among its "groups"'],
  [
    "a key that is a number",
    { ...fresh, credentials: [{ accessKey: 1 }] },
    'something else among its "credentials"',
  ],
  ["a null", { ...fresh, ratingPlans: [null] }, 'something else among its "ratingPlans"'],
])("a file of another shape is refused with its name, and stays as it is: %s", async (_, content, reason) => {
  const text = JSON.stringify(content);
  writeFileSync(file, text);
  const expected = `cannot use the data file ${file}: it is no state of an emulated HyperStore, for `;
  const failure: Error = await startHyperStore({ data: file }).then(
    () => new Error("it started"),
    (error) => error,
  );
  expect(failure.message).toContain(expected);
  expect(failure.message).toContain(reason);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test("a file of an earlier version may lack what came later", async () => {
  const { regions, groups, users, credentials, ratingPlans } = fresh;
  writeFileSync(file, JSON.stringify({ regions, groups, users, credentials, ratingPlans }));
  const { state, close } = await startHyperStore({ data: file });
  expect(state.allowlist.list).toEqual([]);
  await close();
});

test("a file has regions of its own", async () => {
  writeFileSync(file, JSON.stringify(fresh));
  const start = (regions: string[]) => startHyperStore({ data: file, regions });
  await expect(start(["east", "west"])).rejects.toThrow("its regions are region1, and not east, west");
  await (await start(["region1"])).close();
});

test("a lock is taken over where no process holds it", () => {
  for (const dead of ["4194303", "", "nobody", String(process.pid)]) {
    writeFileSync(`${file}.lock`, dead);
    lock(file)();
    expect(existsSync(`${file}.lock`)).toBe(false);
  }
});

test("a lock is given back once: afterwards it may be another process's", () => {
  const release = lock(file);
  release();
  writeFileSync(`${file}.lock`, String(process.ppid));
  release();
  expect(existsSync(`${file}.lock`)).toBe(true);
  rmSync(`${file}.lock`);
});

test("a lock of a process that runs is respected, and stays", () => {
  writeFileSync(`${file}.lock`, String(process.ppid));
  expect(() => openDataFile(file, () => undefined)).toThrow(`process ${process.ppid} uses it`);
  expect(readFileSync(`${file}.lock`, "utf8")).toBe(String(process.ppid));
  rmSync(`${file}.lock`);
});
