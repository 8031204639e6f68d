import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import {
  Client,
  credentials,
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServiceError,
} from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type engine from "@pulumi/pulumi/proto/engine_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import rpc from "@pulumi/pulumi/proto/status_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { decode } from "../../provider/host/wire.ts";
import type { Properties } from "../../provider/resource/value.ts";

export const root = resolve(import.meta.dirname, "../..");
export const executable = join(root, "dist/plugin/pulumi-resource-tenantry");

export interface Plugin {
  child: ChildProcess;
  /** All that it has written so far. */
  stdout(): string;
  stderr(): string;
  call<Request, Response>(method: MethodDefinition<Request, Response>, request: Request): Promise<Response>;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  close(): Promise<void>;
}

/** The plugin as the engine starts it: told the engine's address, with a pipe for its input that nobody writes to. */
export async function startPlugin(
  env: Record<string, string> = {},
  engineAddress = "127.0.0.1:1",
  command = executable,
): Promise<Plugin> {
  const child = spawn(command, [engineAddress], { env: { PATH: process.env.PATH, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data) => {
    stdout += String(data);
  });
  child.stderr.on("data", (data) => {
    stderr += String(data);
  });
  const ended = once(child, "exit").then(([code, signal]) => code ?? signal);
  while (!stdout.includes("\n")) await Promise.race([once(child.stdout, "data"), ended.then(throwEarly)]);
  const client = new Client(`127.0.0.1:${stdout.split("\n")[0]}`, credentials.createInsecure());
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    call: (method, request) =>
      new Promise((settle, reject) => {
        client.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          request,
          (error, response) => (error || response === undefined ? reject(error) : settle(response)),
        );
      }),
    close: async () => {
      client.close();
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function throwEarly(code: number | string): never {
  throw new Error(`the plugin ended with ${code}`);
}

/** What a failed call says it has left behind. */
export function leftBehind(error: unknown): {
  id: string;
  reasons: string[];
  refresh: boolean;
  outputs: Properties;
} {
  const [details] = (error as ServiceError).metadata.get("grpc-status-details-bin");
  const [any] = rpc.Status.deserializeBinary(details as Buffer).getDetailsList();
  const failed = provider.ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
  return {
    id: failed.getId(),
    reasons: failed.getReasonsList(),
    refresh: failed.getRefreshBeforeUpdate(),
    outputs: decode(failed.getProperties()),
  };
}

/** An engine that does nothing but listen to what plugins have to say. */
export async function startEngine() {
  const messages: { message: string; severity: engine.LogSeverity; urn: string }[] = [];
  const server = new Server();
  server.addService(engineGrpc.EngineService as never, {
    log: (call: { request: engine.LogRequest }, answer: (error: null, empty: emptyPb.Empty) => void) => {
      const { request } = call;
      messages.push({
        message: request.getMessage(),
        severity: request.getSeverity(),
        urn: request.getUrn(),
      });
      answer(null, new emptyPb.Empty());
    },
  });
  const port = await new Promise<number>((settle, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : settle(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, messages, close: () => server.forceShutdown() };
}
