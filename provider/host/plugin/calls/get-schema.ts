import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { Host } from "../host.ts";

export const getSchema = (host: Host) => new provider.GetSchemaResponse().setSchema(host.schema());
