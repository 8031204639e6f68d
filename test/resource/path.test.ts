import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPath, type Path, parsePath } from "../../provider/resource/path.ts";

const rows: [text: string, path: Path][] = [
  ["a", ["a"]],
  ["a.b", ["a", "b"]],
  ["a[0]", ["a", 0]],
  ["a[0].b", ["a", 0, "b"]],
  ['a["odd.key"]', ["a", "odd.key"]],
  ['a["quo\\"ted"].b', ["a", 'quo"ted', "b"]],
  ['["x y"]', ["x y"]],
  ["a.some-key", ["a", "some-key"]],
  ['a[""]', ["a", ""]],
];

test.each(rows)("%s", (text, path) => {
  expect(parsePath(text)).toEqual(path);
  expect(formatPath(path)).toBe(text);
});

test.each([
  ["a[*].b", ["a", "*", "b"]],
  ["a.*", ["a", "*"]],
  ["*", ["*"]],
  ["", []],
])("wildcards: %s", (text, path) => expect(parsePath(text)).toEqual(path));

test("any path is read as it was written", () => {
  const part = fc.oneof(fc.string({ unit: "binary" }), fc.nat());
  const path = fc.array(part, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(path, (parts) => void expect(parsePath(formatPath(parts))).toEqual(parts)));
});
