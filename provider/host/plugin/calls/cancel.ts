import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { Host } from "../host.ts";

/** Ends waits and refuses new requests. Requests in flight are settled, and their calls answer with what is known. */
export function cancel({ session }: Host) {
  session.cancel();
  return new emptyPb.Empty();
}
