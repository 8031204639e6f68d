import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { Host } from "../host.ts";

export const getSchema = async ({ schema }: Host) =>
  new provider.GetSchemaResponse().setSchema(await schema());
