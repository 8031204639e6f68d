import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { hyperstoreCatalog } from "../../provider/hyperstore/index.ts";
import { start } from "../emulator/hyperstore/harness.ts";

/*
 * docs/hyperstore.md says of every method what it is mapped to, or that it is not state. It is held here against the
 * methods that Cloudian's document lists, against the emulator's routes, and against the catalog.
 */

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

interface Row {
  method: string;
  section: string;
  use: string;
  tests: string[];
}

const rows: Row[] = read("../../docs/hyperstore.md")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, method = ""]) => /^`(GET|PUT|POST|DELETE) \/\S+`$/.test(method))
  .map(([, method = "", section = "", use = "", tests = ""]) => ({
    method: method.slice(1, -1),
    section,
    use,
    tests: tests.split(", "),
  }));
const sorted = (lines: Iterable<string>) => [...lines].sort();
const isMapped = ({ use }: Row) => !/^not (state|used): .{10}/.test(use);

test("every method of the document has its row, under its section", () => {
  const documented = read("hyperstore-methods.txt").trim().split("\n");
  const listed = rows.map(({ section, method }) => `${section} ${method}`);
  expect(documented.filter((each) => !listed.includes(each))).toEqual([]);
  expect(rows.length).toBe(new Set(rows.map(({ method }) => method)).size);
});

test("no route of the emulator without a row, and no row without a route", async () => {
  const { routes } = await start();
  expect(sorted(rows.map(({ method }) => method))).toEqual(
    sorted(routes.map(({ method, path }) => `${method} ${path}`)),
  );
});

test("every resource and function stands in a row, and a row names nothing else", () => {
  const { resources, functions } = hyperstoreCatalog;
  const known = [...resources, ...functions].map(({ token }) => token.split(":").at(-1) ?? "");
  const named = rows
    .filter(isMapped)
    .flatMap(({ use }) => [...use.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ""));
  expect(sorted(new Set(named))).toEqual(sorted(known));
  expect(rows.filter((row) => isMapped(row) && !row.use.includes("`"))).toEqual([]);
});

test("every row names a test file that mentions the method's path", () => {
  const silent = rows.filter(({ method, tests }) => {
    const path = method.split(" ")[1] ?? "";
    const last = path.split("/").at(-1) ?? "";
    const files = tests.map((file) => fileURLToPath(new URL(`../../${file}`, import.meta.url)));
    return !files.every(existsSync) || !files.some((file) => readFileSync(file, "utf8").includes(last));
  });
  expect(silent).toEqual([]);
});
