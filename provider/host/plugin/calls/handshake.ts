import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { Host } from "../host.ts";

export function handshake({ log }: Host, request: provider.ProviderHandshakeRequest) {
  const engine = request.getEngineAddress();
  if (engine) log.connect(engine);
  return new provider.ProviderHandshakeResponse()
    .setAcceptSecrets(true)
    .setAcceptResources(true)
    .setAcceptOutputs(true)
    .setSupportsAutonamingConfiguration(false);
}
