import { expect, test } from "vitest";
import { count } from "../../provider/ceph/counts.ts";

const counted = (json: string) => count(JSON.parse(json), "the bytes of bucket b");

test("whole numbers that a program holds exactly are themselves", () => {
  for (const json of ["0", "-1", "9007199254740991"]) expect(counted(json)).toBe(Number(json));
});

test.each([
  ["9007199254740993", /^Ceph's answer for the bytes of bucket b is beyond 9007199254740991/],
  ["18446744073709551615", /a counter that fell below 0/],
  ["1.5", /is 1\.5, where Admin Ops promises a whole number/],
  ['"12"', /is "12", where Admin Ops promises a whole number/],
  ["null", /is null, where Admin Ops promises a whole number/],
])("%s is refused", (json, reason) => {
  expect(() => counted(json)).toThrow(reason);
});
