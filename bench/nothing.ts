/**
 * A provider that does nothing: grpc-js and protobuf, as in the plugin, and an answer that is always the same. What
 * it costs is what every provider in Node pays. The answers come as base64 by name: what the plugin itself answered.
 */
import { Server, ServerCredentials, type sendUnaryData } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";

const largest = 400 * 1024 * 1024;
const server = new Server({
  "grpc.max_receive_message_length": largest,
  "grpc.max_send_message_length": largest,
});
const answers = JSON.parse(process.argv[2] ?? "{}") as Record<
  "create" | "read" | "update" | "delete",
  string
>;

server.addService(
  grpc.ResourceProviderService,
  Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => {
      const { responseDeserialize } = grpc.ResourceProviderService[name as keyof typeof answers];
      const constant = responseDeserialize(Buffer.from(answer, "base64"));
      return [name, (_call: unknown, reply: sendUnaryData<unknown>) => reply(null, constant)];
    }),
  ),
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
