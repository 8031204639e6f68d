import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signerOf } from "../../emulator/kit/sigv4.ts";
import type { Call } from "../../emulator/kit/types.ts";

/** The requests that AWS's own documentation and test suite sign, at the moment at which they do. */
beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2015, 7, 30, 12, 36) }));
afterEach(() => void vi.useRealTimers());

const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const secretKeyOf = (accessKey: string) => (accessKey === "AKIDEXAMPLE" ? secretKey : undefined);

function request(service: string, host: string, rawQuery: string, names: string, signature: string): Call {
  const scope = `AKIDEXAMPLE/20150830/us-east-1/${service}/aws4_request`;
  return {
    method: "GET",
    path: "/",
    query: Object.fromEntries(new URLSearchParams(rawQuery)),
    rawQuery,
    parameters: {},
    headers: {
      host,
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-amz-date": "20150830T123600Z",
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${names}, Signature=${signature}`,
    },
    body: "",
  };
}

const known: [what: string, call: Call, service: string][] = [
  [
    "IAM's ListUsers",
    request(
      "iam",
      "iam.amazonaws.com",
      "Action=ListUsers&Version=2010-05-08",
      "content-type;host;x-amz-date",
      "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    ),
    "iam",
  ],
  [
    "get-vanilla",
    request(
      "service",
      "example.amazonaws.com",
      "",
      "host;x-amz-date",
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ),
    "service",
  ],
  [
    "get-vanilla-query-order-key-case",
    request(
      "service",
      "example.amazonaws.com",
      "Param2=value2&Param1=value1",
      "host;x-amz-date",
      "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ),
    "service",
  ],
];

test.each(known)("%s is signed as AWS says", (_, call, service) => {
  expect(signerOf(call, service, secretKeyOf)).toEqual({ accessKey: "AKIDEXAMPLE" });
});

const [, listUsers] = known[0] as (typeof known)[number];

test.each<[what: string, change: () => Partial<Call>, code: string]>([
  ["another parameter", () => ({ rawQuery: "Action=ListUsers&Version=2010-05-09" }), "SignatureDoesNotMatch"],
  ["a body", () => ({ body: "Action=DeleteUser" }), "SignatureDoesNotMatch"],
  ["another method", () => ({ method: "POST" }), "SignatureDoesNotMatch"],
  [
    "another host",
    () => ({ headers: { ...listUsers.headers, host: "example.com" } }),
    "SignatureDoesNotMatch",
  ],
  ["no signature", () => ({ headers: {} }), "MissingAuthenticationToken"],
  [
    "another date",
    () => ({ headers: { ...listUsers.headers, "x-amz-date": "20150831T123600Z" } }),
    "IncompleteSignature",
  ],
  [
    "Basic authentication",
    () => ({ headers: { ...listUsers.headers, authorization: "Basic eA==" } }),
    "IncompleteSignature",
  ],
])("with %s it is refused", (_, change, code) => {
  expect(signerOf({ ...listUsers, ...change() }, "iam", secretKeyOf)).toMatchObject({ code });
});

test("an unknown key, another service and a signature of another time are refused", () => {
  expect(signerOf(listUsers, "iam", () => undefined)).toMatchObject({ code: "InvalidClientTokenId" });
  expect(signerOf(listUsers, "s3", secretKeyOf)).toMatchObject({ code: "IncompleteSignature" });
  vi.setSystemTime(Date.UTC(2015, 7, 30, 12, 52));
  expect(signerOf(listUsers, "iam", secretKeyOf)).toMatchObject({ code: "RequestExpired" });
});
