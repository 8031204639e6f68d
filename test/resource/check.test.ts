import { describe, expect, test } from "vitest";
import { check } from "../../provider/resource/check.ts";
import { Opaque, type Properties, Secret, unknown } from "../../provider/resource/value.ts";
import { sample } from "./sample.ts";

const defaults = { active: true, mode: "fast" };

const accepted: [what: string, news: Properties, canonical: Properties][] = [
  ["defaults", { name: "a" }, { name: "a", ...defaults }],
  [
    "every kind",
    { name: "a", size: 3, ratio: 0.5, steps: ["x"], tags: { "odd.key": "" }, extra: { deep: [1] } },
    {
      name: "a",
      ...defaults,
      size: 3,
      ratio: 0.5,
      steps: ["x"],
      tags: { "odd.key": "" },
      extra: { deep: [1] },
    },
  ],
  [
    "nulls are absent, nested ones too",
    { name: "a", size: null, tags: { x: null, y: "1" } },
    {
      name: "a",
      ...defaults,
      tags: { y: "1" },
    },
  ],
  ["an empty text is absent", { name: "a", note: "" }, { name: "a", ...defaults }],
  [
    "nested defaults",
    { name: "a", rules: [{ path: "/" }] },
    {
      name: "a",
      ...defaults,
      rules: [{ path: "/", limit: 7 }],
    },
  ],
  ["an unknown", { name: unknown }, { name: unknown, ...defaults }],
  [
    "an unknown in a list",
    { name: "a", steps: ["x", unknown] },
    { name: "a", ...defaults, steps: ["x", unknown] },
  ],
  [
    "an unknown in a map",
    { name: "a", tags: { x: unknown } },
    { name: "a", ...defaults, tags: { x: unknown } },
  ],
  [
    "an unknown in an object of a list",
    { name: "a", rules: [{ path: unknown }] },
    {
      name: "a",
      ...defaults,
      rules: [{ path: unknown, limit: 7 }],
    },
  ],
  [
    "an unknown whole",
    { name: "a", rules: unknown, hosts: unknown },
    {
      name: "a",
      ...defaults,
      rules: unknown,
      hosts: unknown,
    },
  ],
  [
    "a rule across fields that waits for an unknown",
    { name: "a", mode: "safe", size: unknown },
    {
      name: "a",
      active: true,
      mode: "safe",
      size: unknown,
    },
  ],
  [
    "secrets are wrapped",
    { name: "a", token: "t", login: { user: "u", password: "p" }, rules: [{ path: "/", key: "k" }] },
    {
      name: "a",
      ...defaults,
      token: new Secret("t"),
      login: { user: "u", password: new Secret("p") },
      rules: [{ path: "/", limit: 7, key: new Secret("k") }],
    },
  ],
  [
    "secrets of the program stay secret",
    { name: new Secret("a"), tags: new Secret({ x: "1" }), steps: [new Secret("s")] },
    {
      name: new Secret("a"),
      ...defaults,
      tags: new Secret({ x: "1" }),
      steps: [new Secret("s")],
    },
  ],
  [
    "an unknown secret",
    { name: "a", token: new Secret(unknown) },
    { name: "a", ...defaults, token: new Secret(unknown) },
  ],
  [
    "what is nobody's to read",
    { name: "a", extra: new Opaque("asset") },
    {
      name: "a",
      ...defaults,
      extra: new Opaque("asset"),
    },
  ],
];

describe("check accepts", () => {
  test.each(accepted)("%s", (_, news, canonical) => {
    expect(check(sample, news)).toEqual({ inputs: canonical, failures: [] });
    expect(check(sample, canonical), "and once more").toEqual({ inputs: canonical, failures: [] });
  });
});

const refused: [what: string, news: Properties, property: string, reason: RegExp][] = [
  ["a missing field", {}, "name", /is required \(string\)/],
  ["a missing field beside an unknown", { size: unknown }, "name", /is required/],
  ["a wrong type", { name: 1 }, "name", /string/],
  ["a rule", { name: "A" }, "name", /lower-case/],
  ["a rule in a secret", { name: new Secret("A") }, "name", /lower-case/],
  ["a range", { name: "a", size: 11 }, "size", /10/],
  ["a fraction", { name: "a", size: 1.5 }, "size", /whole number/],
  ["another word", { name: "a", mode: "slow" }, "mode", /fast.*safe/],
  ["a long text", { name: "a", note: "123456" }, "note", /5 characters/],
  ["an element", { name: "a", steps: ["x", 2] }, "steps[1]", /string/],
  ["an element beside an unknown", { name: "a", steps: [unknown, 2] }, "steps[1]", /string/],
  ["a member", { name: "a", tags: { "odd.key": 1 } }, 'tags["odd.key"]', /string/],
  ["deep down", { name: "a", rules: [{ path: "/", limit: "7" }] }, "rules[0].limit", /number/],
  ["across fields", { name: "a", mode: "safe" }, "size", /safe mode/],
  ["an unknown key", { name: "a", sise: 1 }, "sise", /did you mean "size"/],
  ["an unknown key beside an unknown", { name: unknown, sise: 1 }, "sise", /did you mean "size"/],
  ["an inherited name beside an unknown", { name: unknown, toString: 1 }, "toString", /no such property/],
  ["a key far from all", { name: "a", zzzzzz: 1 }, "zzzzzz", /allowed are name, active/],
  [
    "an unknown key in a list",
    { name: "a", rules: [{ path: "/", limits: 1 }] },
    "rules[0].limits",
    /"limit"/,
  ],
];

describe("check refuses", () => {
  test.each(refused)("%s", (_, news, property, reason) => {
    expect(check(sample, news).failures).toMatchObject([{ property, reason: expect.stringMatching(reason) }]);
  });

  test("all that is wrong at once", () => {
    const { failures } = check(sample, { name: "A", size: 0, sise: 1 });
    expect(failures.map(({ property }) => property).sort()).toEqual(["name", "sise", "size"]);
  });

  test("without telling a secret", () => {
    const { failures } = check(sample, {
      name: "a",
      token: ["canary"],
      login: { user: 1, password: "canary" },
    });
    expect(failures).toHaveLength(2);
    expect(JSON.stringify(failures)).not.toContain("canary");
  });
});
