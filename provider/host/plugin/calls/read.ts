import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { encode } from "../../wire.ts";
import type { Host } from "../host.ts";
import { held } from "./held.ts";

/** Import, `.get` and refresh. An empty answer says that the object is gone. */
export async function read(host: Host, request: provider.ReadRequest) {
  const urn = request.getUrn();
  const resource = await host.resource(urn);
  const state = await resource.read({
    ...held(request.getId(), request.getInputs(), request.getProperties()),
    urn,
    timeout: request.getTimeout(),
  });
  if (!state) return new provider.ReadResponse();
  return new provider.ReadResponse()
    .setId(state.id)
    .setInputs(encode(state.inputs))
    .setProperties(encode(state.outputs));
}
