import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import { attach } from "./calls/attach.ts";
import { cancel } from "./calls/cancel.ts";
import { check } from "./calls/check.ts";
import { checkConfig } from "./calls/check-config.ts";
import { configure } from "./calls/configure.ts";
import { create } from "./calls/create.ts";
import { remove } from "./calls/delete.ts";
import { diff } from "./calls/diff.ts";
import { diffConfig } from "./calls/diff-config.ts";
import { getMapping, getMappings } from "./calls/get-mapping.ts";
import { getPluginInfo } from "./calls/get-plugin-info.ts";
import { getSchema } from "./calls/get-schema.ts";
import { handshake } from "./calls/handshake.ts";
import { invoke } from "./calls/invoke.ts";
import { read } from "./calls/read.ts";
import { update } from "./calls/update.ts";
import { failureOf } from "./failure.ts";
import type { Host } from "./host.ts";

type Handler = (host: Host, request: never) => object | Promise<object>;

/** The calls of `pulumirpc.ResourceProvider` that we answer; gRPC says UNIMPLEMENTED to the others. */
const handlers: Record<string, Handler> = {
  handshake,
  getSchema,
  checkConfig,
  diffConfig,
  configure,
  invoke,
  check,
  diff,
  create,
  read,
  update,
  delete: remove,
  cancel,
  getPluginInfo,
  attach,
  getMapping,
  getMappings,
};

export interface Service {
  implementation: UntypedServiceImplementation;
  /** How many calls are under way. */
  underWay(): number;
  /** Waits until every call under way has answered. */
  idle(): Promise<void>;
}

export function service(host: Host): Service {
  // A count, since a Set that is filled and emptied all the time keeps what was in it alive for long (see Reads).
  let underWay = 0;
  const waiting: (() => void)[] = [];
  const serve =
    (handler: Handler) =>
    async (call: ServerUnaryCall<unknown, unknown>, answer: sendUnaryData<unknown>): Promise<void> => {
      underWay++;
      try {
        answer(null, await handler(host, call.request as never));
      } catch (error) {
        answer(failureOf(error));
      }
      underWay--;
      if (underWay === 0) for (const resolve of waiting.splice(0)) resolve();
    };
  return {
    implementation: Object.fromEntries(Object.entries(handlers).map(([name, each]) => [name, serve(each)])),
    underWay: () => underWay,
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
