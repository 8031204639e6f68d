import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import protobuf from "protobufjs";
import { expect, it } from "vitest";
import { structOf } from "../../provider/host/structs.ts";

/** The same message by a codec that goes by the descriptor alone. */
const { root } = protobuf.Root.fromJSON(protobuf.common.get("google/protobuf/struct.proto") ?? {});
const Struct = root.lookupType("google.protobuf.Struct");

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const json = fc.letrec<{ value: Json; object: { [key: string]: Json } }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value")),
    tie("object"),
  ),
  object: fc.dictionary(
    fc.string({ unit: "grapheme" }).filter((key) => key !== "__proto__"),
    tie("value"),
    { noNullPrototype: true },
  ),
}));

const kinds = {
  nullValue: () => null,
  numberValue: Number,
  stringValue: String,
  boolValue: Boolean,
  structValue: (value: unknown) => plain(value as { fields?: object }),
  listValue: (value: unknown) => ((value as { values?: object[] }).values ?? []).map(plainValue),
};

function plainValue(value: object): unknown {
  const [[kind, content] = []] = Object.entries(value);
  return kinds[kind as keyof typeof kinds](content);
}

const plain = ({ fields = {} }: { fields?: object }): object =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, plainValue(value)]));

function wrapped(value: Json): object {
  if (value === null) return { nullValue: 0 };
  if (Array.isArray(value)) return { listValue: { values: value.map(wrapped) } };
  if (typeof value === "object") return { structValue: struct(value) };
  return { [`${typeof value}Value`.replace("boolean", "bool")]: value };
}

const struct = (value: { [key: string]: Json }) => ({
  fields: Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wrapped(each)])),
});

it("writes what every other implementation reads", () => {
  fc.assert(
    fc.property(json.object, (fields) => {
      deepStrictEqual(plain(Struct.decode(structOf(fields).serializeBinary()).toJSON()), fields);
    }),
  );
});

it("reads what every other implementation writes", () => {
  fc.assert(
    fc.property(json.object, (fields) => {
      const bytes = Struct.encode(Struct.fromObject(struct(fields))).finish();
      deepStrictEqual(structPb.Struct.deserializeBinary(bytes).toJavaScript(), fields);
    }),
  );
});

it("passes over fields that a later version adds", () => {
  const bytes = Uint8Array.from([0x12, 1, 0x61, 0x0a, 9, 0x0a, 1, 0x61, 0x12, 4, 0x38, 1, 0x20, 1]);
  expect(structPb.Struct.deserializeBinary(bytes).toJavaScript()).toEqual({ a: true });
});
