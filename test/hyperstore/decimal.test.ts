import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal } from "../../provider/hyperstore/decimal.ts";

test.each([
  [".9", "0.9"],
  ["0.90", "0.9"],
  ["9e-1", "0.9"],
  ["007", "7"],
  ["5.", "5"],
  ["1.0E8", "100000000"],
  ["12.5e1", "125"],
  ["-00.50", "-0.5"],
  ["-0.0", "0"],
  ["+3", "3"],
  ["12345678901234567890.1230", "12345678901234567890.123"],
])("%s is spelled %s", (text, expected) => {
  expect(decimal(text)).toBe(expected);
});

test.each(["", ".", "e5", "SVC_DOWN", "0x1F", "1,5", "1e", "1e100", "NaN", "Infinity", "1 "])(
  "%j is no number",
  (text) => {
    expect(decimal(text)).toBeUndefined();
  },
);

test("a number stays the same number, and has one spelling", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -98, max: 99 }), (digits, exponent) => {
      const spelled = decimal(`${digits}e${exponent}`) ?? "";
      expect(Number(spelled)).toBe(Number(`${digits}e${exponent}`));
      expect(spelled).toMatch(/^(-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
      expect(decimal(spelled)).toBe(spelled);
      expect(decimal(`${digits}0e${exponent - 1}`)).toBe(spelled);
    }),
  );
});
