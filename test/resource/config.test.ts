import { describe, expect, test } from "vitest";
import { checkConfig, configKeys, type Environment, readConfig } from "../../provider/resource/config.ts";
import { type Properties, reveal, Secret } from "../../provider/resource/value.ts";
import { system } from "./sample.ts";

const complete = { sampleEndpoint: "https://a.example", sampleSecretKey: "s" };
const defaults = { accessKey: "admin", insecure: false, requestTimeout: 60 };

test("keys are flat for Pulumi, and in capitals for a shell", () => {
  expect(configKeys(system).map(({ key, variable }) => [key, variable])).toContainEqual([
    "sampleRequestTimeout",
    "SAMPLE_REQUEST_TIMEOUT",
  ]);
});

const rows: [what: string, args: Properties, env: Environment, config: Properties][] = [
  ["keys", complete, {}, { endpoint: "https://a.example", secretKey: "s", ...defaults }],
  [
    "the environment",
    {},
    { SAMPLE_ENDPOINT: "https://e.example", SAMPLE_SECRET_KEY: "e" },
    {
      endpoint: "https://e.example",
      secretKey: "e",
      ...defaults,
    },
  ],
  [
    "both, the program first",
    complete,
    { SAMPLE_SECRET_KEY: "e", SAMPLE_ACCESS_KEY: "me" },
    {
      endpoint: "https://a.example",
      secretKey: "s",
      ...defaults,
      accessKey: "me",
    },
  ],
  [
    "strings of other types",
    { ...complete, sampleInsecure: "true", sampleRequestTimeout: "1.5", sampleZones: '["a"]' },
    {},
    {
      endpoint: "https://a.example",
      secretKey: "s",
      ...defaults,
      insecure: true,
      requestTimeout: 1.5,
      zones: ["a"],
    },
  ],
  [
    "texts that look like something else",
    { ...complete, sampleSecretKey: "007", sampleAccessKey: "true" },
    {},
    {
      endpoint: "https://a.example",
      ...defaults,
      secretKey: "007",
      accessKey: "true",
    },
  ],
  [
    "nothing for what is empty",
    { ...complete, sampleAccessKey: "" },
    { SAMPLE_INSECURE: "" },
    {
      endpoint: "https://a.example",
      secretKey: "s",
      ...defaults,
    },
  ],
];

describe("read from", () => {
  test.each(rows)("%s", (_, args, env, expected) => {
    const { config, failures } = readConfig(system, args, env);
    expect(failures).toEqual([]);
    expect(reveal(config)).toEqual(expected);
    expect(config.secretKey).toBeInstanceOf(Secret);
  });
});

const wrong: [
  what: string,
  args: Properties,
  env: Environment,
  failures: [property: string, reason: RegExp][],
][] = [
  ["nothing at all is nobody's business", {}, {}, []],
  ["nothing but the environment", {}, { SAMPLE_ENDPOINT: "nonsense" }, []],
  [
    "half",
    { sampleEndpoint: "https://a.example" },
    {},
    [["sampleSecretKey", /required.*set it there or in SAMPLE_SECRET_KEY/]],
  ],
  [
    "half, completed by the environment",
    { sampleEndpoint: "https://a.example" },
    { SAMPLE_SECRET_KEY: "s" },
    [],
  ],
  [
    "a wrong value",
    { ...complete, sampleEndpoint: "nonsense" },
    {},
    [["sampleEndpoint", /URL.*SAMPLE_ENDPOINT/]],
  ],
  ["a wrong string", { ...complete, sampleInsecure: "perhaps" }, {}, [["sampleInsecure", /boolean/]]],
  ["a key that there is not", { ...complete, sampleSecret: "x" }, {}, [["sampleSecret", /no such/]]],
  ["Pulumi's own version", { ...complete, version: "1.0.0" }, {}, []],
];

describe("checked:", () => {
  test.each(wrong)("%s", (_, args, env, expected) => {
    const failures = checkConfig([system], args, env);
    expect(failures).toHaveLength(expected.length);
    for (const [index, [property, reason]] of expected.entries()) {
      const { [index]: failure } = failures;
      // Where the value must not be printed, the property is named in the reason alone.
      expect(`${failure?.property}: ${failure?.reason}`).toContain(property);
      expect(failure?.reason).toMatch(reason);
    }
  });
});
