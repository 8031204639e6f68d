import provider from "@pulumi/pulumi/proto/provider_pb.js";

/** There is no other tool's provider that programs would be converted from. */
export const getMapping = () => new provider.GetMappingResponse();
export const getMappings = () => new provider.GetMappingsResponse();
