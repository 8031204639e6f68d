import { fstatSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { createHost, type Served } from "./host.ts";
import { service } from "./service.ts";

const options = {
  // Statistics that nobody asks for, at every call.
  "grpc.enable_channelz": 0,
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/**
 * Runs the plugin. Pulumi starts it with its engine's address, reads the port from the first line of its output,
 * and gives an address in the handshake again. Without an engine (`PULUMI_DEBUG_PROVIDERS`) it runs until it is stopped.
 */
export async function serve(served: Served): Promise<void> {
  const host = createHost(served, process.env);
  const { implementation, underWay, idle } = service(host);
  const server = new Server(options);
  server.addService(grpc.ResourceProviderService, implementation);
  const port = await promisify(server.bindAsync.bind(server))(
    "127.0.0.1:0",
    ServerCredentials.createInsecure(),
  );
  const engine = engineAddress(process.argv.slice(2));
  if (engine) host.log.connect(engine);

  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    host.session.cancel();
    // The last answers are still to leave; an engine that is gone takes none. One that has them all keeps its connection.
    if (underWay() > 0) await idle().then(() => Promise.race([shutdown(server), sleep(500)]));
    process.exit(0);
  };
  // The engine's way to close a plugin: Cancel, then SIGINT, and five seconds later SIGKILL.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end());
  if (engine) whenParentIsGone(() => void end());
  // Last, because a signal may follow at once.
  process.stdout.write(`${port}\n`);
}

const shutdown = (server: Server) => promisify(server.tryShutdown.bind(server))();

/** The only argument that is no option: the engine also passes `--logtostderr`, `-v=N` and `--tracing URL`. */
function engineAddress(args: string[]): string | undefined {
  return args.find((arg, index) => !arg.startsWith("-") && args[index - 1] !== "--tracing");
}

/** An engine that was killed sends no Cancel; its plugins would otherwise go on writing on nobody's behalf. */
function whenParentIsGone(end: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500);
  timer.unref();
  // The engine holds the other end of a pipe, and never writes into it. Between Node processes it is a socket.
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.on("end", end).on("error", end).resume();
}
