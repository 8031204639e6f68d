import type structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties, Value } from "../resource/value.ts";
import { readFields, type WireObject, writeFields } from "./form.ts";
import { structOf } from "./structs.ts";

/** Property values on the plugin's wire: google.protobuf.Struct. */
export function decode(struct: structPb.Struct | undefined): Properties {
  return struct === undefined ? {} : readFields(struct.toJavaScript() as WireObject);
}

export function encode(properties: Readonly<Record<string, Value | undefined>>): structPb.Struct {
  return structOf(writeFields(properties));
}
