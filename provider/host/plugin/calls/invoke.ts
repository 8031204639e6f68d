import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { invoke as run } from "../../../resource/invoke.ts";
import { decode, encode } from "../../wire.ts";
import type { Host } from "../host.ts";
import { failures } from "./check.ts";

export async function invoke(host: Host, request: provider.InvokeRequest) {
  const result = await run(await host.function(request.getTok()), host.session, decode(request.getArgs()));
  return new provider.InvokeResponse()
    .setReturn(encode(result.outputs))
    .setFailuresList(failures(result.failures));
}
