import type provider from "@pulumi/pulumi/proto/provider_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { Host } from "../host.ts";
import { held } from "./held.ts";

export async function remove(host: Host, request: provider.DeleteRequest) {
  const urn = request.getUrn();
  const resource = await host.resource(urn);
  await resource.delete({
    ...held(request.getId(), request.getOldInputs(), request.getProperties()),
    urn,
    timeout: request.getTimeout(),
  });
  return new emptyPb.Empty();
}
