import { expect, test } from "vitest";
import { fieldOf } from "../../provider/resource/fields.ts";
import { project } from "../../provider/resource/project.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { sample } from "./sample.ts";

const rows: [what: string, server: Properties, old: Properties | undefined, shown: Properties][] = [
  ["what the server has", { name: "a", size: 2 }, { name: "a", size: 1 }, { name: "a", size: 2 }],
  ["what somebody added", { name: "a", size: 2 }, { name: "a" }, { name: "a", size: 2 }],
  ["what is gone", { name: "a" }, { name: "a", size: 1 }, { name: "a" }],
  [
    "a server's choice that nobody manages",
    { name: "a", quota: 5, region: "r" },
    { name: "a" },
    { name: "a" },
  ],
  [
    "a server's choice that is managed",
    { name: "a", quota: 6 },
    { name: "a", quota: 5 },
    { name: "a", quota: 6 },
  ],
  ["a write-only value, from the state", { name: "a" }, { name: "a", hint: "x" }, { name: "a", hint: "x" }],
  [
    "a condition that does not hold",
    { name: "a", sealed: false },
    { name: "a", sealed: true },
    { name: "a", sealed: false },
  ],
  ["a condition that nobody asked about", { name: "a", sealed: false }, { name: "a" }, { name: "a" }],
  ["nothing that the definition does not know", { name: "a", other: 1 }, { name: "a" }, { name: "a" }],
  [
    "nested",
    { login: { user: "u" } },
    { login: { user: "u", password: "p" } },
    { login: { user: "u", password: "p" } },
  ],
  ["a set in the program's order", { hosts: ["b", "a"] }, { hosts: ["a", "b"] }, { hosts: ["a", "b"] }],
  ["a changed set", { hosts: ["b", "c"] }, { hosts: ["a", "b"] }, { hosts: ["b", "c"] }],
  [
    "lists and maps",
    { steps: ["b"], tags: { y: "1" } },
    { steps: ["a"], tags: { x: "1" } },
    {
      steps: ["b"],
      tags: { y: "1" },
    },
  ],
  [
    "an import: all but the server's choices and what never comes back",
    { name: "a", quota: 5, hint: "x", size: 1 },
    undefined,
    {
      name: "a",
      size: 1,
    },
  ],
];

test.each(rows)("%s", (_, server, old, shown) => {
  expect(project(fieldOf(sample), server, old)).toEqual(shown);
});
