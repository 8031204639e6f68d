import { describe, expect, test } from "vitest";
import { type Change, type DiffInput, diff, ignoring } from "../../provider/resource/diff.ts";
import { type Properties, Secret, unknown } from "../../provider/resource/value.ts";
import { sample } from "./sample.ts";

const base: Properties = { name: "a", active: true, mode: "fast" };

function changes(olds: Properties, news: Properties, options: Partial<DiffInput> = {}): string[] {
  const shown = ({ property, kind, replace }: Change) => `${kind} ${property}${replace ? " replaces" : ""}`;
  const oldInputs = { ...base, ...olds };
  const newInputs = { ...base, ...news };
  return diff({ schema: sample, oldInputs, oldOutputs: oldInputs, newInputs, ...options }).map(shown);
}

const rows: [what: string, olds: Properties, news: Properties, changes: string[]][] = [
  ["nothing", { size: 1, tags: { x: "1" } }, { tags: { x: "1" }, size: 1 }, []],
  ["a field", { size: 1 }, { size: 2 }, ["update size"]],
  ["one more", {}, { size: 2 }, ["add size"]],
  ["one less", { size: 1 }, {}, ["delete size"]],
  ["an immutable field", { name: "a" }, { name: "b" }, ["update name replaces"]],
  ["a secret with the same content", { token: new Secret("t") }, { token: "t" }, []],
  ["a secret with another", { token: new Secret("t") }, { token: new Secret("u") }, ["update token"]],
  ["elements", { steps: ["a", "b"] }, { steps: ["a", "c", "d"] }, ["update steps[1]", "add steps[2]"]],
  [
    "the order of a list",
    { steps: ["a", "b"] },
    { steps: ["b", "a"] },
    ["update steps[0]", "update steps[1]"],
  ],
  ["the order of a set", { hosts: ["a", "b"] }, { hosts: ["b", "a"] }, []],
  ["a set", { hosts: ["a", "b"] }, { hosts: ["b", "c"] }, ["update hosts"]],
  [
    "members",
    { tags: { "odd.key": "1", y: "2" } },
    { tags: { "odd.key": "3", z: "4" } },
    ['update tags["odd.key"]', "delete tags.y", "add tags.z"],
  ],
  [
    "deep down",
    { rules: [{ path: "/", limit: 7 }] },
    { rules: [{ path: "/", limit: 8 }] },
    ["update rules[0].limit"],
  ],
  [
    "immutable deep down",
    { login: { user: "a", password: "p" } },
    { login: { user: "b", password: "p" } },
    ["update login.user replaces"],
  ],
  ["an unknown", { size: 1 }, { size: unknown }, ["update size"]],
  ["an unknown in a list", { steps: ["a", "b"] }, { steps: ["a", unknown] }, ["update steps[1]"]],
  ["an unknown in a set", { hosts: ["a"] }, { hosts: [unknown] }, ["update hosts"]],
  ["an unknown on an immutable field", { name: "a" }, { name: unknown }, ["update name replaces"]],
  ["an old state without a new default", { mode: null }, { mode: "fast" }, []],
  ["an old state in an old spelling", { note: "" }, {}, []],
  ["a server's choice that is no longer set", { quota: 5 }, {}, []],
  ["an immutable one that is no longer set", { region: "r1" }, {}, []],
  ["a server's choice that is set otherwise", { quota: 5 }, { quota: 6 }, ["update quota"]],
  ["a write-only value", { hint: "x" }, { hint: "y" }, ["update hint replaces"]],
  ["a write-only value that an import does not know", {}, { hint: "y" }, ["add hint"]],
  ["a write-only value that goes", { hint: "x" }, {}, ["delete hint replaces"]],
  ["another kind of value", { extra: { x: 1 } }, { extra: [1] }, ["update extra"]],
];

test.each(rows)("%s", (_, olds, news, expected) => {
  expect(changes(olds, news)).toEqual(expected);
});

describe("a server's choice that the program begins to set", () => {
  const oldOutputs = { ...base, region: "r1", quota: 5 };
  test("as it is", () => expect(changes({}, { region: "r1", quota: 5 }, { oldOutputs })).toEqual([]));
  test("otherwise", () =>
    expect(changes({}, { region: "r2", quota: 6 }, { oldOutputs })).toEqual([
      "update region replaces",
      "update quota",
    ]));
  test("that nobody knew", () =>
    expect(changes({}, { quota: 6 }, { oldOutputs: base })).toEqual(["add quota"]));
});

const ignored: [paths: string[], olds: Properties, news: Properties, changes: string[]][] = [
  [["size"], { size: 1 }, { size: 2, active: false }, ["update active"]],
  [["size"], { size: 1 }, {}, []],
  [["size"], {}, { size: 1 }, []],
  [["name"], { name: "a" }, { name: unknown }, []],
  [["tags.x"], { tags: { x: "1", y: "1" } }, { tags: { x: "2", y: "2" } }, ["update tags.y"]],
  [["tags.x"], { tags: { x: "1" } }, { tags: { y: "1" } }, ["add tags.y"]],
  [["tags.x"], { tags: { x: "1" } }, {}, []],
  [["tags.x"], { tags: { x: "1", y: "1" } }, {}, ["delete tags.y"]],
  [["tags.x"], {}, { tags: { x: "1" } }, []],
  [['tags["odd.key"]'], { tags: { "odd.key": "1" } }, { tags: { "odd.key": "2" } }, []],
  [["tags[*]"], { tags: { x: "1" } }, { tags: { x: "2", y: "1" } }, []],
  [["tags.*"], { tags: { x: "1" } }, { tags: { x: "2", y: "1" } }, []],
  [["tags[*]"], {}, { tags: { x: "2" } }, []],
  [["steps[1]"], { steps: ["a", "b"] }, { steps: ["x", "y"] }, ["update steps[0]"]],
  [["steps[1]"], { steps: ["a"] }, { steps: ["a", "b"] }, []],
  [["steps[1]"], { steps: ["a", "b"] }, { steps: ["a"] }, []],
  [["steps[1]", "steps[2]"], { steps: ["a"] }, { steps: ["a", "b", "c"] }, []],
  [["steps[1]"], { steps: ["a"] }, { steps: ["a", "b", "c"] }, ["add steps[2]"]],
  [["steps[2]", "steps[1]"], { steps: ["a", "b", "c"] }, { steps: ["a"] }, []],
  [["steps[2]"], { steps: ["a", "b", "c"] }, { steps: ["a"] }, ["delete steps[1]"]],
  [["steps[0]", "steps[1]"], {}, { steps: ["a", "b"] }, []],
  [["hosts[1]", "hosts[2]"], { hosts: ["a"] }, { hosts: ["a", "b", "c"] }, []],
  [["steps[*]"], { steps: ["a"] }, { steps: ["b", "c", "d", "e"] }, []],
  [["steps[*]"], { steps: ["a", "b", "c"] }, { steps: [] }, []],
  [["hosts[*]"], { hosts: ["a"] }, { hosts: ["b", "c"] }, []],
  [
    ["rules[*].limit"],
    {
      rules: [
        { path: "/", limit: 1 },
        { path: "/b", limit: 2 },
      ],
    },
    {
      rules: [
        { path: "/", limit: 3 },
        { path: "/c", limit: 4 },
      ],
    },
    ["update rules[1].path"],
  ],
  [
    ["login.user"],
    { login: { user: "a", password: "p" } },
    { login: { user: "b", password: "q" } },
    ["update login.password"],
  ],
  [["*"], { size: 1 }, { name: "b", steps: ["a"] }, []],
  [
    ["absent", "steps.name", "size[0]"],
    { size: 1, steps: ["a"] },
    { size: 2, steps: ["a"] },
    ["update size"],
  ],
];

test.each(ignored)("ignoring %s", (ignoreChanges, olds, news, expected) => {
  expect(changes(olds, news, { ignoreChanges })).toEqual(expected);
});

test("what an update sends has no holes where elements are ignored", () => {
  const [one, three] = [{ steps: ["a"] }, { steps: ["a", "b", "c"] }];
  expect(ignoring(["steps[1]"], three, one)).toStrictEqual({ steps: ["a", "c"] });
  expect(ignoring(["steps[2]"], one, three)).toStrictEqual({ steps: ["a", "c"] });
});
