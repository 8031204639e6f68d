import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { Host } from "../host.ts";

export function handshake({ log }: Host, request: provider.ProviderHandshakeRequest) {
  log.connect(request.getEngineAddress());
  return new provider.ProviderHandshakeResponse()
    .setAcceptSecrets(true)
    .setAcceptResources(true)
    .setAcceptOutputs(true)
    .setSupportsAutonamingConfiguration(false);
}
