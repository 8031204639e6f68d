import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { cephCatalog } from "../../provider/ceph/index.ts";

/*
 * docs/ceph.md says of every method what it is mapped to, or that it is not state. It is held here against the methods
 * that Ceph's pages list, against the catalog, and against what the client sends.
 */

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const read = (path: string) => readFileSync(pathOf(path), "utf8");

interface Row {
  method: string;
  section: string;
  use: string;
  tests: string[];
}

const rows: Row[] = read("../../docs/ceph.md")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, method = ""]) => /^`(GET|PUT|POST|DELETE) \/\S+`$/.test(method))
  .map(([, method = "", section = "", , use = "", tests = ""]) => ({
    method: method.slice(1, -1),
    section,
    use,
    tests: tests.split(", ").filter(Boolean),
  }));
const isMapped = ({ use }: Row) => !/^not (state|used): .{10}/.test(use);
const namesIn = ({ use }: Row) => [...use.matchAll(/`([A-Za-z]+)`/g)].map(([, name]) => name ?? "");
const nameOf = ({ token }: { token: string }) => token.split(":").at(-1) ?? "";
const { resources, functions } = cephCatalog;
const sorted = (lines: Iterable<string>) => [...new Set(lines)].sort();

test("every method of the pages has its row, under its section", () => {
  const documented = read("ceph-methods.txt").trim().split("\n");
  const listed = rows.map(({ section, method }) => `${section}: ${method}`);
  expect(documented.filter((each) => !listed.includes(each))).toEqual([]);
  expect(rows.length).toBe(sorted(rows.map(({ method }) => method)).length);
});

test("every resource and function stands in a row, and a row names nothing else", () => {
  expect(sorted(rows.filter(isMapped).flatMap(namesIn))).toEqual(
    sorted([...resources, ...functions].map(nameOf)),
  );
});

test("every row names the files that test what it is mapped to", () => {
  const resourceNames = resources.map(nameOf);
  const untested = rows.filter(isMapped).filter((row) => {
    const files = row.tests.map((file) => pathOf(`../../${file}`));
    if (files.length === 0 || !files.every(existsSync)) return true;
    const texts = files.map((file) => readFileSync(file, "utf8"));
    // The laws hold every resource, without naming any.
    const isTested = (name: string) =>
      texts.some((text) => text.includes(resourceNames.includes(name) ? "holdLawsOn" : name));
    return !namesIn(row).every(isTested);
  });
  expect(untested).toEqual([]);
});

test("the client sends what rows are mapped to, and nothing else", () => {
  const folder = pathOf("../../provider/ceph/client");
  const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
  const write = /method: "(PUT|POST|DELETE)",\s+path: "([^"]+)"/g;
  const rest = sources.map((source) => source.replace(write, ""));
  const sent = [
    ...sources.flatMap((source) =>
      [...source.matchAll(write)].map(([, method, path]) => `${method} ${path}`),
    ),
    // Every other path in quotes is one to get.
    ...rest.flatMap((source) => [...source.matchAll(/"(\/[a-z][^"]*)"/g)].map(([, path]) => `GET ${path}`)),
  ];
  const bare = (row: Row) => row.method.replace("/admin", "").replace(/&.*/, "");
  const mapped = rows.filter(isMapped).map(bare);
  expect(sent.filter((each) => !mapped.includes(each))).toEqual([]);
  // No write has escaped the pattern.
  expect(rest.filter((source) => /method: "(PUT|POST|DELETE)"/.test(source))).toEqual([]);
});
