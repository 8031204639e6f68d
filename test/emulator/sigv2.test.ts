import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signerByV2 } from "../../emulator/kit/sigv2.ts";

/** The request that AWS's own documentation of version 2 signs, at the moment at which it does. */
beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2011, 9, 3, 15, 19, 30) }));
afterEach(() => void vi.useRealTimers());

const request = { method: "GET", path: "/", headers: { host: "elasticmapreduce.amazonaws.com" } };
const parameters = {
  AWSAccessKeyId: "AKIAIOSFODNN7EXAMPLE",
  Action: "DescribeJobFlows",
  SignatureMethod: "HmacSHA256",
  SignatureVersion: "2",
  Timestamp: "2011-10-03T15:19:30",
  Version: "2009-03-31",
  Signature: "i91nKc4PWAt0JJIdXwz9HxZCJDdiy6cf/Mj6vPxyYIs=",
};
const secretKeyOf = (accessKey: string) =>
  accessKey === "AKIAIOSFODNN7EXAMPLE" ? "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" : undefined;

test("AWS's example is signed as AWS says", () => {
  expect(signerByV2(request, parameters, secretKeyOf)).toEqual({ accessKey: "AKIAIOSFODNN7EXAMPLE" });
});

test.each<[what: string, change: Record<string, string>, code: string]>([
  ["another parameter", { Version: "2009-04-01" }, "SignatureDoesNotMatch"],
  ["an unknown algorithm", { SignatureMethod: "HmacMD5" }, "IncompleteSignature"],
  ["no signature", { Signature: "" }, "IncompleteSignature"],
  ["an unknown key", { AWSAccessKeyId: "AKIA" }, "InvalidClientTokenId"],
  ["another time", { Timestamp: "2011-10-03T16:00:00Z" }, "RequestExpired"],
  ["no time", { Timestamp: "now" }, "RequestExpired"],
  ["an end that is over", { Expires: "2011-10-03T15:00:00Z" }, "RequestExpired"],
])("with %s it is refused", (_, change, code) => {
  expect(signerByV2(request, { ...parameters, ...change }, secretKeyOf)).toMatchObject({ code });
});

test("another host is another signature", () => {
  const elsewhere = { ...request, headers: { host: "example.com" } };
  expect(signerByV2(elsewhere, parameters, secretKeyOf)).toMatchObject({ code: "SignatureDoesNotMatch" });
});
