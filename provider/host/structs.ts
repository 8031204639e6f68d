import type { BinaryReader, BinaryWriter } from "google-protobuf";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import protobuf from "protobufjs/minimal.js";
import { put } from "../resource/value.ts";
import type { Wire, WireObject } from "./form.ts";

/*
 * google.protobuf.Struct, read and written straight from and to plain JSON. The generated messages make an object and a
 * map for every value, which was a third of the CPU time of a call. So a Struct inside a message stays bytes until it
 * is asked for, in every message of this process. Field numbers are those of google/protobuf/struct.proto.
 */
const bytes = Symbol("bytes");
type Lazy = structPb.Struct & { [bytes]?: Uint8Array };

/** A tag of protobuf's: the field's number and the type that says how it is laid out. */
const tag = (field: number, type: 0 | 1 | 2) => (field << 3) | type;
const entry = tag(1, 2);
const [key, value] = [tag(1, 2), tag(2, 2)];
const [nul, number, string, bool, struct, list] = [
  tag(1, 0),
  tag(2, 1),
  tag(3, 2),
  tag(4, 0),
  tag(5, 2),
  tag(6, 2),
];

export function structOf(fields: WireObject): structPb.Struct {
  const writer = protobuf.Writer.create();
  writeFields(writer, fields);
  const message: Lazy = new structPb.Struct();
  message[bytes] = writer.finish();
  return message;
}

const { serializeBinaryToWriter: writeMaps } = structPb.Struct;
const { toJavaScript: readMaps } = structPb.Struct.prototype;

structPb.Struct.deserializeBinaryFromReader = (message: Lazy, reader: BinaryReader) => {
  const start = reader.getCursor();
  while (reader.nextField()) reader.skipField();
  message[bytes] = reader.getBuffer().subarray(start, reader.getCursor());
  return message;
};
structPb.Struct.serializeBinaryToWriter = (message: Lazy, writer: BinaryWriter) => {
  const own = message[bytes];
  if (own) writer.writeSerializedMessage(own, 0, own.length);
  else writeMaps(message, writer);
};
structPb.Struct.prototype.toJavaScript = function (this: Lazy) {
  const own = this[bytes];
  if (!own) return readMaps.call(this);
  return readFields(protobuf.Reader.create(own), own.length) as ReturnType<typeof readMaps>;
};

function writeFields(writer: protobuf.Writer, fields: WireObject): void {
  for (const name of Object.keys(fields)) {
    writer.uint32(entry).fork().uint32(key).string(name).uint32(value).fork();
    writeValue(writer, fields[name] as Wire);
    writer.ldelim().ldelim();
  }
}

function writeValue(writer: protobuf.Writer, wire: Wire): void {
  if (typeof wire === "string") writer.uint32(string).string(wire);
  else if (typeof wire === "number") writer.uint32(number).double(wire);
  else if (typeof wire === "boolean") writer.uint32(bool).bool(wire);
  else if (wire === null) writer.uint32(nul).int32(0);
  else if (Array.isArray(wire)) {
    writer.uint32(list).fork();
    for (const each of wire) {
      writer.uint32(entry).fork();
      writeValue(writer, each);
      writer.ldelim();
    }
    writer.ldelim();
  } else {
    writer.uint32(struct).fork();
    writeFields(writer, wire);
    writer.ldelim();
  }
}

function readFields(reader: protobuf.Reader, end: number): WireObject {
  const fields: WireObject = {};
  while (reader.pos < end) {
    if (!isNext(reader, entry)) continue;
    const stop = reader.uint32() + reader.pos;
    let name = "";
    let wire: Wire = null;
    while (reader.pos < stop) {
      const at = reader.uint32();
      if (at === key) name = reader.string();
      else if (at === value) wire = readValue(reader, reader.uint32() + reader.pos);
      else reader.skipType(at & 7);
    }
    put(fields, name, wire);
  }
  return fields;
}

function readValue(reader: protobuf.Reader, end: number): Wire {
  let wire: Wire = null;
  while (reader.pos < end) {
    const at = reader.uint32();
    if (at === string) wire = reader.string();
    else if (at === number) wire = reader.double();
    else if (at === bool) wire = reader.bool();
    else if (at === struct) wire = readFields(reader, reader.uint32() + reader.pos);
    else if (at === list) wire = readList(reader, reader.uint32() + reader.pos);
    else reader.skipType(at & 7);
  }
  return wire;
}

function readList(reader: protobuf.Reader, end: number): Wire[] {
  const wires: Wire[] = [];
  while (reader.pos < end)
    if (isNext(reader, entry)) wires.push(readValue(reader, reader.uint32() + reader.pos));
  return wires;
}

/** Whether the field that follows is the one expected; any other is passed over. */
function isNext(reader: protobuf.Reader, expected: number): boolean {
  const at = reader.uint32();
  if (at !== expected) reader.skipType(at & 7);
  return at === expected;
}
