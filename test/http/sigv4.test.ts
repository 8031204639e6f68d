import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signerOf } from "../../emulator/kit/sigv4.ts";
import { sigV4 } from "../../provider/http/sigv4.ts";

// The moment of the examples in AWS's documentation and test suite.
beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2015, 7, 30, 12, 36) }));
afterEach(() => void vi.useRealTimers());

const key = { accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const signer = sigV4({ ...key, service: "service", region: "us-east-1" });
const scope = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";

test.each([
  ["get-vanilla", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  [
    "get-vanilla-query-order-key-case",
    "/?Param2=value2&Param1=value1",
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  ],
])("%s is signed as AWS says", (_, path, signature) => {
  const url = new URL(`https://example.amazonaws.com${path}`);
  expect(signer({ method: "GET", url, headers: { accept: "application/xml" } })).toEqual({
    "X-Amz-Date": "20150830T123600Z",
    Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  });
});

test("a body is signed, with its type", () => {
  const url = new URL("https://example.amazonaws.com/");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const signed = signer({ method: "POST", url, headers, body: "a=1" }) as Record<string, string>;
  const sent = Object.entries({ host: url.host, ...headers, ...signed, "content-length": "3" });
  const call = {
    method: "POST",
    path: "/",
    query: {},
    rawQuery: "",
    parameters: {},
    headers: Object.fromEntries(sent.map(([name, value]) => [name.toLowerCase(), value])),
  };
  const verified = (body: string) => signerOf({ ...call, body }, "service", () => key.secretKey);
  expect(verified("a=1")).toEqual({ accessKey: key.accessKey });
  expect(verified("a=2")).toMatchObject({ code: "SignatureDoesNotMatch" });
});

test("each signature is of its own time, and the secret key is known as a secret", () => {
  const request = { method: "GET", url: new URL("https://example.amazonaws.com/"), headers: {} };
  const first = signer(request);
  vi.advanceTimersByTime(1000);
  expect(signer(request)).not.toEqual(first);
  expect(signer.secrets).toEqual([key.secretKey]);
});
