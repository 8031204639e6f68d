import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { decode } from "../../wire.ts";
import type { Host } from "../host.ts";

/** Never fails: what is missing for one system must not keep the others from working. */
export function configure({ session }: Host, request: provider.ConfigureRequest) {
  session.configure(decode(request.getArgs()));
  return new provider.ConfigureResponse()
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setAcceptoutputs(true)
    .setSupportspreview(true)
    .setSupportsAutonamingConfiguration(false);
}
