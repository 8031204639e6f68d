import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { GroupCall } from "./group.ts";

/** What the plugin answered, in base64. */
export type Answers = Record<GroupCall["name"], string>;

interface AnyRequest {
  getUrn(): string;
  getId?(): string;
}

/** The plugin's. */
export const serverOptions = {
  "grpc.enable_channelz": 0,
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** Serves the calls as the plugin does, by answers that are always the same. */
export function serveAnswers(answers: Answers, work?: (call: string, id: string) => Promise<void>): void {
  const server = new Server(serverOptions);
  const handler = (name: keyof Answers) => {
    const answer = grpc.ResourceProviderService[name].responseDeserialize(
      Buffer.from(answers[name], "base64"),
    );
    return ({ request }: ServerUnaryCall<AnyRequest, unknown>, reply: sendUnaryData<unknown>) => {
      if (!work) return reply(null, answer);
      // A create has no id yet, and a name that is to be the id.
      const id = request.getId?.() ?? request.getUrn().split("::").at(-1) ?? "";
      work(name, id).then(() => reply(null, answer), reply);
    };
  };
  const names = Object.keys(answers) as (keyof Answers)[];
  server.addService(
    grpc.ResourceProviderService,
    Object.fromEntries(names.map((name) => [name, handler(name)])),
  );
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}
