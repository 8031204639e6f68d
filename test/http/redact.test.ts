import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor, type HttpError, redact } from "../../provider/http/index.ts";
import { client, failure, reset, serve, serveBytes, status } from "./kit.ts";

test.each([
  ['{"secretKey":"abc","accessKey":"AKIA"}', '{"secretKey":"***","accessKey":"AKIA"}'],
  ['{"SecretAccessKey" : "a\\"b\\\\", "n": 1}', '{"SecretAccessKey" : "***", "n": 1}'],
  ['{"password":"cut o', '{"password":"***'],
  ['{"pin":1,"token":12345}', '{"pin":1,"token":***}'],
  ['{"temp_url_keys":["a]","b"],"x":"y"}', '{"temp_url_keys":***,"x":"y"}'],
  ['{"text":"{\\"accountKey\\":\\"abc\\"}"}', '{"text":"{\\"accountKey\\":\\"***"}'],
  [
    "/user/password?userId=u&password=a%26b&oldpassword=c",
    "/user/password?userId=u&password=***&oldpassword=***",
  ],
  ["secret_key=abc&access_key=def", "secret_key=***&access_key=def"],
  ["https://user:geheim@host/x", "https://user:***@host/x"],
  ["go to url=/x?password=abc&n=1", "go to url=/x?password=***&n=1"],
  ["<SecretKey>abc</SecretKey><Key>k</Key>", "<SecretKey>***</SecretKey><Key>k</Key>"],
  ['<a:secretKey type="x"><![CDATA[abc]]></a:secretKey>', '<a:secretKey type="x"><![CDATA[***</a:secretKey>'],
  ["Authorization: Basic abc==\nHost: h", "Authorization: ***\nHost: h"],
  ["X-Amz-Signature=abc&X-Amz-Date=1", "X-Amz-Signature=***&X-Amz-Date=1"],
  [
    '{"url":"https://h/o?Expires\\u003d1\\u0026Signature\\u003da%2Bb%3D\\u0026x-amz-pt\\u003dp"}',
    '{"url":"https://h/o?Expires\\u003d1\\u0026Signature\\u003d***\\u0026x-amz-pt\\u003dp"}',
  ],
  [
    '{"publicKey":"p","accessKeyId":"a","key":"k","keys":[]}',
    '{"publicKey":"p","accessKeyId":"a","key":"k","keys":[]}',
  ],
  ["the password must have 9 characters", "the password must have 9 characters"],
])("fields are masked by name: %s", (text, masked) => {
  expect(redact(text)).toBe(masked);
  expect(redact(masked)).toBe(masked);
});

/** Marked, so that it stands nowhere by chance. */
const secret = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map((text) => `§q${text}q§`);
const plain = fc.string({ minLength: 1, maxLength: 40 }).map((text) => `#q${text}q#`);
const anySecret = fc.oneof(secret, plain);

const encodings: Record<string, (value: string) => string> = {
  raw: (value) => value,
  json: (value) => JSON.stringify(value),
  url: (value) => encodeURIComponent(value),
  lower: (value) => encodeURIComponent(value).replace(/%../g, (hex) => hex.toLowerCase()),
  form: (value) => new URLSearchParams({ x: value }).toString(),
  xml: (value) =>
    value.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? "&quot;"),
};

test("a known value is masked wherever it stands and however it is written", () => {
  fc.assert(
    fc.property(
      anySecret,
      fc.string(),
      fc.constantFrom(...Object.values(encodings)),
      (value, around, encode) => {
        const redactor = createRedactor();
        redactor.add(value);
        const written = encode(value);
        expect(redactor.redact(`${around} ${written} ${around}`)).not.toContain(
          written.replace(/^"|"$/g, ""),
        );
      },
    ),
  );
});

test("of several known values the longest is masked, and short ones are left", () => {
  const redactor = createRedactor();
  for (const value of ["abcd", "abcdefgh", "abcdef", "x"]) redactor.add(value);
  expect(redactor.redact("x abcdefghi abcdefg abcde x")).toBe("x ***i ***g ***e x");
});

/** All that a user or a log could see of an error. */
function shown(error: HttpError): string {
  return [
    error.message,
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ].join("\n");
}

function expectHidden(text: string, value: string): void {
  for (const encode of Object.values(encodings))
    expect(text).not.toContain(encode(value).replace(/^"|"$/g, ""));
}

test("no secret of a request is in its errors and log lines, whatever the server echoes", async () => {
  const echo = (response: import("node:http").ServerResponse, url: string, body: string, nth: number) => {
    const value = new URL(url, "http://h").searchParams.get("password") ?? JSON.parse(body || "{}").secretKey;
    const form = Object.values(encodings)[nth % 6]?.(value ?? "") ?? "";
    const page = nth % 2 ? `<html><body><p>wrong: ${form}</p></body></html>` : `wrong ${form} ${url} ${body}`;
    response.writeHead(500, { "x-echo": "1" }).end(page);
  };
  let body = "";
  const server = await serve((response, request, nth) => echo(response, request.url ?? "", body, nth));
  const log: string[] = [];
  const http = client(server.url, { attempts: 2 }).bind({ log: (message) => log.push(message) });
  await fc.assert(
    fc.asyncProperty(anySecret, fc.boolean(), async (value, inBody) => {
      const json = { secretKey: value, name: "n" };
      body = inBody ? JSON.stringify(json) : "";
      const request = inBody ? { json } : { query: { userId: "u", password: value } };
      const error = await failure(http.send({ method: "PUT", path: "/user/password", ...request }));
      expectHidden(shown(error) + log.join("\n"), value);
      log.length = 0;
    }),
    { numRuns: 60 },
  );
});

test("a value made known is masked in errors, causes, responses' errors and settle's", async () => {
  await fc.assert(
    fc.asyncProperty(anySecret, async (value) => {
      const echo = encodeURIComponent(value);
      const server = await serve(reset, status(403, {}, `echo ${echo} ${value}`));
      const connection = client(server.url);
      connection.redactor.add(value);
      const log: string[] = [];
      const http = connection.bind({ log: (message) => log.push(message) });
      const settle = async () => {
        const response = await http.send({ method: "GET", path: `/key/${echo}` });
        expectHidden(shown(response.error()), value);
        throw new Error(`nested ${value}`, { cause: response.error(`code ${value}`) });
      };
      const error = await failure(http.send({ method: "POST", path: `/key/${echo}`, settle }));
      expect(error.cause).toBeDefined();
      expectHidden(shown(error) + log.join("\n"), value);
    }),
    { numRuns: 30 },
  );
});

test("the password of basicAuth and its header are known", async () => {
  const server = await serve((response, request) =>
    response.writeHead(400).end(`pa55word ${request.headers.authorization}`),
  );
  const response = await client(server.url).bind({}).send({ method: "GET", path: "/" });
  expect(response.error().excerpt).toBe("*** Basic ***");
});

test("each request is a line of the log, without secrets", async () => {
  const server = await serve(status(503), status(200));
  const log: string[] = [];
  const http = client(server.url).bind({ log: (message, level) => log.push(`${level} ${message}`) });
  await http.send({ method: "GET", path: "/user", query: { userId: "u", password: "geheim" } });
  expect(log).toEqual([
    expect.stringMatching(/^debug GET \/user\?userId=u&password=\*\*\* on HyperStore: 503 in \d+ ms$/),
    expect.stringMatching(
      /^debug GET \/user\?userId=u&password=\*\*\* on HyperStore: answered 503; trying again in 0\.0 s$/,
    ),
    expect.stringMatching(
      /^debug GET \/user\?userId=u&password=\*\*\* on HyperStore: 200 in \d+ ms, attempt 2$/,
    ),
  ]);
});

test("the raw bytes that libraries attach to their errors do not come along", async () => {
  const url = await serveBytes((socket) => socket.once("data", (data) => socket.end(data)));
  const request = { method: "GET", path: "/user", query: { password: "geheim" } };
  const error = await failure(client(url, { attempts: 2 }).bind({}).send(request));
  expect(error.reason).toBe("protocol");
  expect(shown(error)).not.toContain("geheim");
});
