import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import structPb, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { type Child, startChild } from "./child.ts";

export const shippedPlugin = "dist/plugin/pulumi-resource-tenantry";

/** The calls that are measured, by the name that gRPC has for them. */
export type Provider = ReturnType<typeof clientOf>;

/** A provider in a process of its own, and what calls it. */
export interface Running extends Child, Provider {
  stop(): Promise<void>;
}

export async function startProvider(bundles: string, program: string, args: string[] = []): Promise<Running> {
  const child = await startChild(bundles, program, args);
  const client = clientOf(child.line);
  return {
    ...child,
    ...client,
    async stop() {
      client.close();
      await child.stop();
    },
  };
}

/** What the engine does before the first resource. */
export async function configure(plugin: Provider, args: Record<string, JavaScriptValue>): Promise<void> {
  // Nobody listens there, as the plugin has no reason to call its engine.
  await plugin.handshake(new provider.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1"));
  const struct = structPb.Struct.fromJavaScript(args);
  await plugin.checkConfig(new provider.CheckRequest().setNews(struct));
  await plugin.configure(new provider.ConfigureRequest().setArgs(struct));
}

const { path: readPath } = grpc.ResourceProviderService.read;
const asItIs = (bytes: Buffer) => bytes;
const none = Buffer.alloc(0);

function clientOf(port: string) {
  const client = new grpc.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return {
    handshake: promisify<provider.ProviderHandshakeRequest, object>(client.handshake.bind(client)),
    checkConfig: promisify<provider.CheckRequest, object>(client.checkConfig.bind(client)),
    configure: promisify<provider.ConfigureRequest, object>(client.configure.bind(client)),
    create: promisify<provider.CreateRequest, provider.CreateResponse>(client.create.bind(client)),
    /** For a message in its bytes: what it costs to make and to take apart is not the provider's. */
    readBytes: (request: Buffer) =>
      new Promise<Buffer>((resolve, reject) => {
        client.makeUnaryRequest(readPath, asItIs, asItIs, request, (error, answer) =>
          error ? reject(error) : resolve(answer ?? none),
        );
      }),
    read: promisify<provider.ReadRequest, provider.ReadResponse>(client.read.bind(client)),
    update: promisify<provider.UpdateRequest, provider.UpdateResponse>(client.update.bind(client)),
    delete: promisify<provider.DeleteRequest, { serializeBinary(): Uint8Array }>(client.delete.bind(client)),
    close: () => client.close(),
  };
}
