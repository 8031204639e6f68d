import type structPb from "google-protobuf/google/protobuf/struct_pb.js";
import { decode } from "../../wire.ts";

/** What the state holds. On import the engine sends neither inputs nor outputs, and that must stay visible. */
export const held = (
  id: string,
  inputs: structPb.Struct | undefined,
  outputs: structPb.Struct | undefined,
) => ({
  id,
  inputs: inputs && decode(inputs),
  outputs: outputs && decode(outputs),
});
