import { expect, it } from "vitest";
import { type Result, tableOf } from "../../tools/rgw/rows.ts";

const result = (release: string, resource: string, title: string, status: string): Result => ({
  ancestorTitles: [release, `tenantry:ceph:${resource}`],
  title,
  status,
});

it("the table says what ran, and keeps what it said of the rest", () => {
  const table = (before: string, results: Result[]) =>
    tableOf(before, results, ["tenantry:ceph:User", "tenantry:ceph:RateLimit"], (each) => `${each} 1.2.3`);
  const head = ["| resource | pacific | reef | tentacle |", "|---|---|---|---|"];

  const first = table("", [
    result("pacific", "User", "1: …", "passed"),
    result("pacific", "User", "2: …", "failed"),
    result("pacific", "RateLimit", "from reef on: …", "passed"),
    result("tentacle", "User", "1: …", "skipped"),
  ]);
  expect(first.split("\n")).toEqual([
    ...head,
    "| `radosgw --version` | pacific 1.2.3 | not run | not run |",
    "| `User` | 1 of 2 laws | not run | not run |",
    "| `RateLimit` | from reef on | not run | not run |",
    "",
  ]);

  const second = table(first, [
    result("reef", "User", "1: …", "passed"),
    result("reef", "RateLimit", "1: …", "passed"),
    result("pacific", "RateLimit", "from reef on: …", "failed"),
  ]);
  expect(second.split("\n")).toEqual([
    ...head,
    "| `radosgw --version` | pacific 1.2.3 | reef 1.2.3 | not run |",
    "| `User` | 1 of 2 laws | 1 of 1 laws | not run |",
    "| `RateLimit` | 0 of 1 laws | 1 of 1 laws | not run |",
    "",
  ]);
});
