import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { decode, encode } from "../../wire.ts";
import type { Host } from "../host.ts";
import { held } from "./held.ts";

export async function update(host: Host, request: provider.UpdateRequest) {
  const urn = request.getUrn();
  const resource = await host.resource(urn);
  const outputs = await resource.update({
    ...held(request.getId(), request.getOldInputs(), request.getOlds()),
    urn,
    news: decode(request.getNews()),
    preview: request.getPreview(),
    timeout: request.getTimeout(),
    ignoreChanges: request.getIgnorechangesList(),
  });
  return new provider.UpdateResponse().setProperties(encode(outputs));
}
