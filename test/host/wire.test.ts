import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../provider/host/wire.ts";
import {
  isProperties,
  Opaque,
  type Properties,
  Secret,
  unknown,
  type Value,
} from "../../provider/resource/value.ts";
import { anyProperties, signatureKey, signatures } from "./wire-arbitrary.ts";

const throughBytes = (struct: structPb.Struct) => structPb.Struct.deserializeBinary(struct.serializeBinary());
const wire = (properties: Properties) => encode(properties).toJavaScript();
const received = (properties: Record<string, unknown>) =>
  decode(throughBytes(structPb.Struct.fromJavaScript(properties as never)));
/** google-protobuf does not write the key `__proto__` either, so it is put in the bytes. */
function withKeyProto(properties: Properties): structPb.Struct {
  const bytes = Buffer.from(encode(properties).serializeBinary()).toString("latin1");
  expect(bytes).toContain("key_proto");
  return structPb.Struct.deserializeBinary(Buffer.from(bytes.replace("key_proto", "__proto__"), "latin1"));
}

describe("round trip", () => {
  it("gives back every value", () => {
    fc.assert(
      fc.property(anyProperties, (properties) => deepStrictEqual(decode(encode(properties)), properties)),
    );
  });

  it("gives back every value through bytes", () => {
    fc.assert(
      fc.property(anyProperties, (properties) =>
        deepStrictEqual(decode(throughBytes(encode(properties))), properties),
      ),
    );
  });

  it("writes what it read as it was", () => {
    fc.assert(
      fc.property(anyProperties, (properties) => {
        const first = encode(properties);
        deepStrictEqual(encode(decode(first)).serializeBinary(), first.serializeBinary());
      }),
    );
  });

  it("reads no message as no properties", () => {
    deepStrictEqual(decode(undefined), {});
    deepStrictEqual(decode(new structPb.Struct()), {});
  });
});

describe("unknowns", () => {
  it.each([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  ])("reads the sentinel %s anywhere", (sentinel) => {
    deepStrictEqual(received({ a: sentinel, b: [sentinel, { c: sentinel }] }), {
      a: unknown,
      b: [unknown, { c: unknown }],
    });
  });

  it("writes the string sentinel, the one that every SDK knows", () => {
    deepStrictEqual(wire({ a: unknown }), { a: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
  });
});

describe("secrets", () => {
  it("reads and writes the secret signature", () => {
    const message = { password: { [signatureKey]: signatures.secret, value: "s3cret" } };
    deepStrictEqual(received(message), { password: new Secret("s3cret") });
    deepStrictEqual(wire({ password: new Secret("s3cret") }), message);
  });

  it("keeps a null secret", () => {
    const message = { password: { [signatureKey]: signatures.secret, value: null } };
    deepStrictEqual(received(message), { password: new Secret(null) });
    deepStrictEqual(wire({ password: new Secret(null) }), message);
  });

  it("reads a secret whose unknown value the engine left out as unknown", () => {
    deepStrictEqual(received({ password: { [signatureKey]: signatures.secret } }), {
      password: new Secret(unknown),
    });
  });

  it("writes a secret unknown as an output value", () => {
    deepStrictEqual(wire({ password: new Secret(unknown) }), {
      password: { [signatureKey]: signatures.output, secret: true },
    });
  });

  it("writes a secret that holds an unknown as a secret", () => {
    deepStrictEqual(wire({ login: new Secret({ password: unknown }) }), {
      login: {
        [signatureKey]: signatures.secret,
        value: { password: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" },
      },
    });
  });
});

describe("output values", () => {
  const urn = "urn:pulumi:dev::shop::tenantry:hyperstore:Group::g";
  it.each<[string, object, Value]>([
    ["known", { value: 1 }, 1],
    ["null", { value: null }, null],
    ["unknown", {}, unknown],
    ["secret", { value: 1, secret: true }, new Secret(1)],
    ["not secret", { value: 1, secret: false }, 1],
    ["secret and unknown", { secret: true }, new Secret(unknown)],
    ["with dependencies", { value: "a", dependencies: [urn] }, "a"],
    ["in another", { secret: true, value: { [signatureKey]: signatures.output, value: 1 } }, new Secret(1)],
    ["around a secret", { value: [{ [signatureKey]: signatures.secret, value: 1 }] }, [new Secret(1)]],
  ])("reads one that is %s", (_, output, expected) => {
    deepStrictEqual(received({ a: { [signatureKey]: signatures.output, ...output } }), { a: expected });
  });
});

describe("what we only carry", () => {
  const unread = { [signatureKey]: signatures.secret, value: "unread" };
  it.each([
    ["an asset", { [signatureKey]: signatures.asset, path: "./logo.png", hash: "ab" }],
    ["an archive", { [signatureKey]: signatures.archive, assets: { "a/b": unread } }],
    [
      "a resource reference",
      { [signatureKey]: signatures.resource, urn: "urn:x", id: "", packageVersion: "1" },
    ],
    ["an unknown signature", { [signatureKey]: "f00d", value: [1, null, { deep: true }] }],
    ["a signature that is no string", { [signatureKey]: 7 }],
  ])("gives back %s as it came", (_, message) => {
    const properties = received({ plain: message, secret: [new Array(1).fill(message)] });
    deepStrictEqual(properties, { plain: new Opaque(message), secret: [[new Opaque(message)]] });
    deepStrictEqual(wire(properties), { plain: message, secret: [[message]] });
  });
});

describe("hostile data", () => {
  it("keeps keys that Object.prototype has too", () => {
    const keys = ["constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "", "a.b", "value"];
    const properties = Object.fromEntries(keys.map((key) => [key, { [key]: [key] }]));
    deepStrictEqual(decode(throughBytes(encode(properties))), properties);
  });

  it.each([
    ["written", throughBytes(encode(JSON.parse('{ "a": { "__proto__": { "polluted": 1 } }, "b": 2 }')))],
    ["read", withKeyProto({ a: { key_proto: { polluted: 1 } }, b: 2 })],
  ])("keeps the key __proto__ when it is %s, and pollutes no prototype", (_, struct) => {
    const properties = decode(struct);
    deepStrictEqual(properties, JSON.parse('{ "a": { "__proto__": { "polluted": 1 } }, "b": 2 }'));
    expect(isProperties(properties.a) && Object.keys(Object.prototype)).toEqual([]);
  });

  it("writes lone surrogates as U+FFFD, in keys as in values", () => {
    deepStrictEqual(wire({ "a\ud800": "\udc00 \ud83d\ude00" }), { "a\ufffd": "\ufffd \u{1f600}" });
  });

  it("refuses to write a signature of our data's own", () => {
    const forged = { [signatureKey]: signatures.asset, path: "/etc/passwd" };
    expect(() => encode({ tags: { owner: forged } })).toThrow(
      new TypeError("tags.owner: an object with Pulumi's signature key cannot be sent to Pulumi"),
    );
  });
});

describe("what is no value", () => {
  it("leaves out undefined properties", () => {
    deepStrictEqual(wire({ a: 1, b: undefined, c: { d: undefined } } as never), { a: 1, c: {} });
  });

  it.each<[string, unknown, string]>([
    ["NaN", Number.NaN, "the number NaN"],
    ["an infinity", Number.NEGATIVE_INFINITY, "the number -Infinity"],
    ["a bigint", 1n, "a value of type bigint"],
    ["a function", () => "s3cret", "a value of type function"],
    ["a symbol", Symbol("s3cret"), "a value of type symbol"],
    ["a date", new Date(), "an object of class Date"],
    ["a map", new Map(), "an object of class Map"],
    ["an object without prototype", Object.create(null), "an object of class null"],
  ])("throws on %s and says where", (_, value, what) => {
    expect(() => encode({ users: [{ "odd key": new Secret(value as Value) }] })).toThrow(
      new TypeError(`users[0]["odd key"]: ${what} cannot be sent to Pulumi`),
    );
  });

  it("throws on undefined where it cannot be left out", () => {
    const what = "a value of type undefined cannot be sent to Pulumi";
    expect(() => encode({ a: ["x", undefined as never] })).toThrow(new TypeError(`a[1]: ${what}`));
    expect(() => encode({ a: new Array(1) })).toThrow(new TypeError(`a[0]: ${what}`));
    expect(() => encode({ a: new Secret(undefined as never) })).toThrow(new TypeError(`a: ${what}`));
  });
});
