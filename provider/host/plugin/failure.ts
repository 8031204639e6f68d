import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import rpc from "@pulumi/pulumi/proto/status_pb.js";
import anyPb from "google-protobuf/google/protobuf/any_pb.js";
import { type Code, messageOf, PartialFailure, ProviderError } from "../../resource/errors.ts";
import { encode } from "../wire.ts";

const codes: Record<Code, status> = {
  invalid: status.INVALID_ARGUMENT,
  exists: status.ALREADY_EXISTS,
  notConfigured: status.FAILED_PRECONDITION,
  refused: status.FAILED_PRECONDITION,
  cancelled: status.CANCELLED,
  unavailable: status.UNAVAILABLE,
};

type Failed = Pick<ServiceError, "code" | "details"> & { metadata?: Metadata };

/** An error as gRPC carries it; one that left something behind takes the id and the state along. */
export function failureOf(error: unknown): Failed {
  const details = messageOf(error);
  if (error instanceof PartialFailure) return { code: status.UNKNOWN, details, metadata: initFailed(error) };
  return { code: error instanceof ProviderError ? codes[error.code] : status.UNKNOWN, details };
}

function initFailed(error: PartialFailure): Metadata {
  const detail = new provider.ErrorResourceInitFailed()
    .setId(error.id)
    .setInputs(encode(error.inputs))
    .setProperties(encode(error.outputs))
    .setReasonsList([error.message])
    // A plain `up` would compare the program with itself: only a read shows what is missing.
    .setRefreshBeforeUpdate(true);
  const any = new anyPb.Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new rpc.Status().setCode(status.UNKNOWN).setMessage(error.message);
  answer.addDetails(any);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return metadata;
}
