import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { type Certificate, createCertificate } from "./certificate.ts";
import { controlPrefix, serveControl } from "./control.ts";
import { createFaults, delayOf, type Fault, type Faults } from "./faults.ts";
import { strikeAfter, strikeBefore } from "./inject.ts";
import { type RecordedRequest, record } from "./record.ts";
import { restoreType, send } from "./reply.ts";
import type { Call, Vendor } from "./types.ts";
import { inWords } from "./words.ts";

/** `caCert` is what to trust, where that is not the certificate itself. */
export type Tls = Omit<Certificate, "caCert"> & Partial<Certificate>;

export interface ServeOptions {
  port?: number;
  host?: string;
  tls?: boolean | Tls;
  control?: boolean;
  latencyMs?: number;
}

export interface Served {
  url: string;
  port: number;
  caCert?: string;
  faults: Faults;
  requests: RecordedRequest[];
  close(): Promise<void>;
}

/** Two listeners of one system share its faults and its record of requests. */
export async function serve(
  vendor: Vendor,
  options: ServeOptions,
  shared: Pick<Served, "faults" | "requests"> = { faults: createFaults(), requests: [] },
): Promise<Served> {
  const { port = 0, host = "127.0.0.1", control = false, latencyMs = 0 } = options;
  const certificate = await certificateFor(options);
  const { faults, requests } = shared;
  const app = createApp(vendor, certificate);
  const endConnections = trackConnections(app.server);
  const underway = new WeakMap<FastifyRequest, { call: Call; entry: RecordedRequest; fault?: Fault }>();

  // With a callback: an async hook that sent an answer would still let the route act while onSend is underway.
  app.addHook("onRequest", (request, reply, proceed) => {
    const call = callOf(request);
    if (control && call.path.startsWith(controlPrefix)) return proceed();
    const fault = faults.take(call);
    const entry = record(call, vendor.secretParameters, fault?.kind);
    requests.push(entry);
    // An emulator may run for weeks.
    if (requests.length > 100_000) requests.splice(0, 50_000);
    underway.set(request, { call, entry, ...(fault && { fault }) });
    const go = () => {
      if (fault && strikeBefore(fault, call, reply, vendor)) return;
      const refused = vendor.authenticate(call);
      if (refused) send(reply, refused);
      else proceed();
    };
    if (fault?.meanwhile) fault.meanwhile().then(go, go);
    else go();
  });
  // Once the body is here: a server acts on a slow request although its client gave up.
  app.addHook("preHandler", async (request) => {
    const delay = latencyMs + delayOf(underway.get(request)?.fault);
    if (delay > 0) await sleep(delay, undefined, { ref: false });
  });
  app.addHook("onSend", async (request, reply, body) => {
    const { call, entry, fault } = underway.get(request) ?? {};
    if (entry) entry.status = reply.statusCode;
    restoreType(reply);
    if (!call || !fault) return body;
    return strikeAfter(fault, request, reply, call, vendor, body);
  });
  if (control) serveControl(app, vendor, faults, requests);

  await app.listen({ port, host }).catch((error) => {
    throw new Error(`cannot listen on port ${port} of ${host}: ${inWords(error)}`, { cause: error });
  });
  const bound = (app.server.address() as AddressInfo).port;
  return {
    url: `${certificate ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    ...(certificate && { caCert: certificate.caCert }),
    faults,
    requests,
    close: async () => {
      // First, or closing would wait for kept-alive and hanging connections.
      endConnections();
      await app.close();
    },
  };
}

function createApp(vendor: Vendor, certificate: Certificate | undefined): FastifyInstance {
  const unusable = (request: FastifyRequest, reply: FastifyReply) =>
    send(reply, vendor.failure(callOf(request), 404));
  const settings = {
    exposeHeadRoutes: false,
    bodyLimit: 64 * 2 ** 20, // no document has a limit
    frameworkErrors: (_: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void unusable(request, reply),
  };
  const app = (
    certificate
      ? fastify({ ...settings, https: { key: certificate.key, cert: certificate.cert } })
      : fastify(settings)
  ) as FastifyInstance;
  // Bodies stay text: what a wrong one is answered is the vendor's business.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => done(null, body));
  app.setNotFoundHandler(unusable);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500, message } = error;
    // A request that could not be read, such as one that is too large.
    if (statusCode < 500) return send(reply, vendor.failure(callOf(request), statusCode, message));
    console.error(error); // a mistake in the emulator, which must not pass for the vendor's
    return send(reply, vendor.failure(callOf(request), 500));
  });
  for (const { method, path, writes = method !== "GET", handle } of vendor.routes) {
    app.route({
      method,
      url: path,
      handler: async (request, reply) => {
        const answer = await handle(callOf(request));
        if (writes) vendor.save?.();
        return send(reply, answer);
      },
    });
  }
  return app;
}

function callOf(request: FastifyRequest): Call {
  const [path = "/", query = ""] = (request.raw.url ?? "/").split(/\?(.*)/s);
  return {
    method: request.method,
    path,
    // The last of a repeated parameter counts; no vendor's document says.
    query: Object.fromEntries(new URLSearchParams(query)),
    rawQuery: query,
    parameters: (request.params ?? {}) as Record<string, string>,
    headers: request.headers,
    body: typeof request.body === "string" ? request.body : "",
  };
}

async function certificateFor({ tls, host }: ServeOptions): Promise<Certificate | undefined> {
  if (!tls) return undefined;
  return tls === true ? createCertificate(host) : { caCert: tls.cert, ...tls };
}

/** Gives what ends every connection, those included that come while the server closes. */
function trackConnections(server: Server): () => void {
  const sockets = new Set<Socket>();
  let ending = false;
  server.on("connection", (socket: Socket) => {
    if (ending) socket.destroy();
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return () => {
    ending = true;
    for (const socket of sockets) socket.destroy();
  };
}
