import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import type { Host } from "../host.ts";

export const getPluginInfo = ({ version }: Host) => new pluginPb.PluginInfo().setVersion(version);
