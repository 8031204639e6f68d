import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { invoke as run } from "../../../resource/invoke.ts";
import { decode, encode } from "../../wire.ts";
import type { Host } from "../host.ts";
import { failures } from "./check.ts";

export async function invoke(host: Host, request: provider.InvokeRequest) {
  const token = request.getTok();
  const definition = host.function(token);
  if (!definition) throw new Error(`tenantry ${host.version} has no function "${token}"`);
  const result = await run(definition, host.session, decode(request.getArgs()));
  return new provider.InvokeResponse()
    .setReturn(encode(result.outputs))
    .setFailuresList(failures(result.failures));
}
