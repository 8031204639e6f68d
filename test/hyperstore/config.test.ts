import { describe, expect, test } from "vitest";
import { hyperstore } from "../../provider/hyperstore/system.ts";
import { checkConfig } from "../../provider/resource/config.ts";

const admin = { hyperstoreEndpoint: "https://a.example:19443", hyperstorePassword: "p" };
const keys = {
  hyperstoreReadOnlyAccessKey: "key",
  hyperstoreReadOnlySecretKey: "secret",
  hyperstoreIamEndpoint: "https://a.example:16443",
};

/** "hyperstorePassword is required …", whether or not the property may be shown. */
const problems = (args: Record<string, string>) =>
  checkConfig([hyperstore], args, {}).map(({ property, reason }) => `${property} ${reason}`.trim());

describe("the ways to reach the system are", () => {
  test.each<[what: string, args: Record<string, string>]>([
    ["the Admin API", admin],
    ["keys that only read", keys],
    ["both", { ...admin, ...keys }],
    [
      "keys that only read, beside an endpoint that another job has the password of",
      { ...keys, hyperstoreEndpoint: admin.hyperstoreEndpoint },
    ],
  ])("%s", (_, args) => {
    expect(problems(args)).toEqual([]);
  });
});

describe("what is missing is said:", () => {
  test.each<[what: string, args: Record<string, string>, expected: RegExp[]]>([
    [
      "all but one key",
      { hyperstoreReadOnlyAccessKey: "key" },
      [
        /^hyperstoreReadOnlySecretKey:? is required beside hyperstoreReadOnlyAccessKey; set it there or in HYPERSTORE_READ_ONLY_SECRET_KEY$/,
        /^hyperstoreIamEndpoint is required beside hyperstoreReadOnlyAccessKey; set it there or in HYPERSTORE_IAM_ENDPOINT$/,
      ],
    ],
    [
      "the IAM Service's address, beside Admin credentials",
      { ...admin, ...keys, hyperstoreIamEndpoint: "" },
      [
        /^hyperstoreIamEndpoint is required beside hyperstoreReadOnlyAccessKey and hyperstoreReadOnlySecretKey;/,
      ],
    ],
    [
      "the password",
      { hyperstoreEndpoint: admin.hyperstoreEndpoint },
      [/^hyperstorePassword:? is required \(string\); set it there or in HYPERSTORE_PASSWORD$/],
    ],
    [
      "the endpoint, beside a password and keys",
      { ...keys, hyperstorePassword: "p" },
      [/^hyperstoreEndpoint is required/],
    ],
    [
      "another word",
      { ...keys, hyperstoreUncheckable: "ignore" },
      [/^hyperstoreUncheckable must be "error" or "skip"/],
    ],
    [
      "another form",
      { ...keys, hyperstoreIamEndpoint: "a.example" },
      [/^hyperstoreIamEndpoint must be a URL such as https:\/\/hyperstore\.example\.com:16443/],
    ],
  ])("%s", (_, args, expected) => {
    const found = problems(args);
    expect(found).toHaveLength(expected.length);
    for (const [index, reason] of expected.entries()) expect(found[index]).toMatch(reason);
  });
});
