import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { serve as serveVendor } from "../../emulator/kit/serve.ts";
import { signerOf } from "../../emulator/kit/sigv4.ts";
import type { Call, Vendor } from "../../emulator/kit/types.ts";
import { sigV4 } from "../../provider/http/index.ts";
import { client } from "./kit.ts";

/** Parameters arrive as they were meant, in the one spelling that signatures are made over. */

const awkward = [
  ..."!'()*~-._ +%&=?#/\\:;,@$[]{}|^`<>\"\t\n\u0000\u007f",
  ..."äß日🙂\u2028",
  "%41",
  "%2B",
  "&amp;",
];
const text = (minLength: number) =>
  fc.oneof(
    fc.string({ unit: "grapheme", minLength, maxLength: 20 }),
    fc.array(fc.constantFrom(...awkward), { minLength, maxLength: 12 }).map((each) => each.join("")),
  );
/** No vendor's parameter has this name, which the signing library passes over. */
const name = text(1).filter((each) => each !== "__proto__");
const query = fc.dictionary(name, text(0), { maxKeys: 5, noNullPrototype: true });

const key = { accessKey: "key", secretKey: "secret/+=" };
const calls: Call[] = [];

/** Lets in who signs as it is told, and says so otherwise. */
const vendorOf = (service: string): Vendor => ({
  routes: [{ method: "GET", path: "/", handle: () => ({ status: 200 }) }],
  secretParameters: [],
  authenticate(call) {
    calls.push(call);
    const signer = signerOf(call, service, () => key.secretKey);
    return "code" in signer ? { status: signer.status, body: signer.code } : undefined;
  },
  failure: (_, status) => ({ status }),
  edit() {},
});

const ending: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ending) await end();
});

test.each([
  ["iam", false],
  ["s3", true],
])("%s, unsigned payload: %s", async (service, unsignedPayload) => {
  const server = await serveVendor(vendorOf(service), {});
  ending.push(server.close);
  const auth = sigV4({ ...key, service, region: "somewhere", unsignedPayload });
  const http = client(server.url, { auth }).bind({});
  await fc.assert(
    fc.asyncProperty(query, async (parameters) => {
      calls.length = 0;
      const response = await http.send({ method: "GET", path: "/", query: parameters });
      const { rawQuery = "", query = {} } = calls[0] ?? {};
      expect(query, "what the server decodes").toEqual(parameters);
      const parts = rawQuery === "" ? [] : rawQuery.split("&").map((pair) => pair.split("="));
      expect(parts.map((pair) => pair.map(decodeURIComponent))).toEqual(Object.entries(parameters));
      for (const part of parts.flat()) expect(part).toMatch(/^(?:[\w.~-]|%[\dA-F]{2})*$/);
      expect([response.status, response.text], "the signature").toEqual([200, ""]);
    }),
    { numRuns: 300 },
  );
});
