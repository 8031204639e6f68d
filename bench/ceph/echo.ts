import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { decode, encode } from "../../provider/host/wire.ts";
import { Secret } from "../../provider/resource/value.ts";
import { serverOptions } from "../answers.ts";

const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
const displayName = (of: Struct | undefined) => decode(of).displayName;

/** What a program could not do without. */
const main = { accessKey: "main_ABCDEFGHIJKLMNOP", secretKey: new Secret("s".repeat(40)) };
const withKeys = (inputs: Struct | undefined): Struct => encode({ ...decode(inputs), credentials: { main } });

const calls: Record<string, (request: never) => object> = {
  handshake: () =>
    new provider.ProviderHandshakeResponse()
      .setAcceptSecrets(true)
      .setAcceptResources(true)
      .setAcceptOutputs(true),
  getPluginInfo: () => new pluginPb.PluginInfo().setVersion("0.1.0"),
  checkConfig: (request: provider.CheckRequest) => new provider.CheckResponse().setInputs(request.getNews()),
  diffConfig: () => new provider.DiffResponse().setChanges(DIFF_NONE),
  configure: () =>
    new provider.ConfigureResponse()
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setAcceptoutputs(true)
      .setSupportspreview(true),
  check: (request: provider.CheckRequest) => new provider.CheckResponse().setInputs(request.getNews()),
  diff(request: provider.DiffRequest) {
    const isSame = displayName(request.getOldInputs()) === displayName(request.getNews());
    return new provider.DiffResponse()
      .setChanges(isSame ? DIFF_NONE : DIFF_SOME)
      .setDiffsList(isSame ? [] : ["displayName"]);
  },
  create: (request: provider.CreateRequest) =>
    new provider.CreateResponse().setId(nameOf(request)).setProperties(withKeys(request.getProperties())),
  read: (request: provider.ReadRequest) =>
    new provider.ReadResponse()
      .setId(request.getId())
      .setInputs(request.getInputs())
      .setProperties(request.getProperties()),
  update: (request: provider.UpdateRequest) =>
    new provider.UpdateResponse().setProperties(withKeys(request.getNews())),
  delete: () => new emptyPb.Empty(),
  cancel: () => new emptyPb.Empty(),
};

/**
 * Serves a provider that answers with what it was asked, and a key pair. What the engine takes with it for a program is
 * what it takes with any provider. Before an answer comes what `first` does for a call, by its name and the id.
 */
export function serveEcho(first?: (call: string, id: string) => Promise<void>): void {
  const handler =
    (name: string, answer: (request: never) => object) =>
    async ({ request }: ServerUnaryCall<unknown, object>, reply: sendUnaryData<object>) => {
      await first?.(name, nameOf(request as Named));
      reply(null, answer(request as never));
    };
  const server = new Server(serverOptions);
  server.addService(
    grpc.ResourceProviderService,
    Object.fromEntries(Object.entries(calls).map(([name, answer]) => [name, handler(name, answer)])),
  );
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  // How the engine ends a plugin; and an engine that was killed leaves none behind.
  process.on("SIGINT", () => process.exit());
  process.stdin.on("end", () => process.exit()).resume();
}

type Named = { getUrn?(): string };
/** A tenant's resource has its uid for a name. */
const nameOf = (request: Named): string => request.getUrn?.().split("::").at(-1) ?? "";
