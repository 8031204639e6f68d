import type pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { Host } from "../host.ts";

/** For `PULUMI_DEBUG_PROVIDERS=tenantry:PORT`: an engine that did not start us says where it is. */
export function attach({ log }: Host, request: pluginPb.PluginAttach) {
  log.connect(request.getAddress());
  return new emptyPb.Empty();
}
