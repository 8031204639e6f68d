import { credentials } from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import type { Severity } from "../../resource/system.ts";

const severities: Record<Severity, engine.LogSeverity> = {
  debug: engine.LogSeverity.DEBUG,
  info: engine.LogSeverity.INFO,
  warn: engine.LogSeverity.WARNING,
  error: engine.LogSeverity.ERROR,
};

export interface EngineLog {
  connect(address: string): void;
  /** Whether debug messages go nowhere. */
  readonly quiet: boolean;
  /** Nobody sees a plugin's own output: what a person should read goes through the engine. */
  write(message: string, severity: Severity, urn?: string): void;
}

export function engineLog(): EngineLog {
  let client: InstanceType<typeof engineGrpc.EngineClient> | undefined;
  return {
    quiet,
    connect(address) {
      client?.close();
      client = new engineGrpc.EngineClient(address, credentials.createInsecure());
    },
    write(message, severity, urn = "") {
      if (!client || (severity === "debug" && quiet)) return;
      const request = new engine.LogRequest()
        .setSeverity(severities[severity])
        .setMessage(message)
        .setUrn(urn);
      // A message that cannot be delivered must not fail the call it is about.
      client.log(request, () => {});
    },
  };
}

/** One engine call per request is too much for a log that nobody reads: Pulumi passes `-v=N` on when it is asked to. */
const quiet =
  !process.argv.some((argument) => /^-v=?\d+$/.test(argument)) && process.env.TENANTRY_DEBUG !== "1";
