import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { Failure } from "../../../resource/check.ts";
import { decode, encode } from "../../wire.ts";
import type { Host } from "../host.ts";

export async function check(host: Host, request: provider.CheckRequest) {
  const urn = request.getUrn();
  const resource = await host.resource(urn);
  const result = resource.check({ urn, olds: decode(request.getOlds()), news: decode(request.getNews()) });
  return new provider.CheckResponse()
    .setInputs(encode(result.inputs))
    .setFailuresList(failures(result.failures));
}

export const failures = (list: readonly Failure[]): provider.CheckFailure[] =>
  list.map(({ property, reason }) => new provider.CheckFailure().setProperty(property).setReason(reason));
