import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { decode, encode } from "../../wire.ts";
import type { Host } from "../host.ts";

export async function create(host: Host, request: provider.CreateRequest) {
  const urn = request.getUrn();
  const resource = await host.resource(urn);
  const { id, outputs } = await resource.create({
    urn,
    news: decode(request.getProperties()),
    preview: request.getPreview(),
    timeout: request.getTimeout(),
  });
  return new provider.CreateResponse().setId(id).setProperties(encode(outputs));
}
