import { expect, test } from "vitest";
import { count, decimal, gibibytes, wholeText } from "../../provider/hyperstore/counts.ts";

test.each([
  ["73836232", 73836232],
  [" 5\n", 5],
  ['"5"', 5],
  ["-55555", -55555],
  [0, 0],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
])("%j is a count", (value, expected) => {
  expect(count(value, "it")).toBe(expected);
});

test.each([
  "9007199254740992",
  "-9007199254740992",
  "9223372036854775807",
  JSON.parse("9007199254740993"),
  JSON.parse("1000000000000000000000"),
])("%j is refused, not rounded", (value) => {
  expect(() => count(value, "the bytes of QA")).toThrow(/the bytes of QA is beyond 9007199254740991/);
});

test.each(["", "62G", "1.5", "0x10", "1e3", 1.5, null, undefined, {}, []])("%j is no count", (value) => {
  expect(() => count(value, "the bytes of QA")).toThrow(/for the bytes of QA.* a whole number/);
});

test.each([
  ['"62G"', 62],
  ["62G", 62],
  ["1T", 1024],
  ["1.5T", 1536],
  ["3P", 3 * 1024 ** 2],
  ["0", 0],
  ['"0"', 0],
  ["-1", -1],
])("%j is a size in GiB", (value, expected) => {
  expect(gibibytes(value, "it")).toBe(expected);
});

test.each(["", "62", "G", "-2G", "-1G", "62g", "62 GB", null])("%j is no size", (value) => {
  expect(() => gibibytes(value, "the tiered bytes")).toThrow(/for the tiered bytes.* a size/);
});

test.each([
  [10.94, 10.94],
  ["0.06", 0.06],
  ["-3", -3],
  ["1.2E7", 12_000_000],
  [0, 0],
])("%j is a decimal", (value, expected) => {
  expect(decimal(value, "it")).toBe(expected);
});

test.each(["9007199254740993", "1e300", 2 ** 53])("%j is beyond an exact decimal", (value) => {
  expect(() => decimal(value, "the quantity")).toThrow(/the quantity is beyond 9007199254740991/);
});

test.each(["", "many", "1.2.3", null, undefined, {}])("%j is no decimal", (value) => {
  expect(() => decimal(value, "the quantity")).toThrow(/for the quantity.* a number/);
});

test.each([
  ["92233720368547758079", "92233720368547758079"],
  ["-1", "-1"],
  [5, "5"],
])("%j is whole, as text", (value, expected) => {
  expect(wholeText(value, "it")).toBe(expected);
});

test("a whole number that JSON has rounded already is refused as text too", () => {
  expect(() => wholeText(JSON.parse("9007199254740993"), "the value")).toThrow(/the value is beyond/);
  expect(() => wholeText("1.5", "the value")).toThrow(/a whole number/);
});
