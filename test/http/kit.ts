import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterAll } from "vitest";
import { basicAuth, type Connection, connect, type Endpoint, HttpError } from "../../provider/http/index.ts";

const closing: (() => Promise<unknown>)[] = [];
// not after each: tests run side by side
afterAll(async () => {
  for (const close of closing) await close();
});

type Answer = (response: ServerResponse, request: IncomingMessage, nth: number) => unknown;

/** A server that answers the nth request with the nth answer, and all further ones with the last. */
export async function serve(
  ...answers: Answer[]
): Promise<{ url: string; seen: string[]; bodies: string[] }> {
  const seen: string[] = [];
  const bodies: string[] = [];
  const url = await listen(
    createServer(async (request, response) => {
      const nth = seen.push(`${request.method} ${request.url}`);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      bodies.push(Buffer.concat(chunks).toString());
      await answers[Math.min(nth, answers.length) - 1]?.(response, request, nth);
    }),
  );
  return { url, seen, bodies };
}

export function serveTls(options: ServerOptions, listener: RequestListener = ok): Promise<string> {
  return listen(createTlsServer(options, listener), "https");
}

/** A server of bytes, for what no HTTP server would say. */
export function serveBytes(onConnection: (socket: Socket) => void): Promise<string> {
  return listen(createTcpServer((socket) => onConnection(socket.on("error", () => {}))));
}

async function listen(server: Server, scheme = "http"): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)));
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A port that nothing listens on. */
export async function deadUrl(): Promise<string> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

export function client(url: Endpoint["url"], more: Partial<Endpoint> = {}): Connection {
  const connection = connect({
    url,
    system: "HyperStore",
    auth: basicAuth("admin", "pa55word"),
    retryBaseMs: 2,
    headersTimeoutMs: 150,
    ...more,
  });
  closing.unshift(() => connection.close());
  return connection;
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => {
  return (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};
export const status = (code: number, headers: Record<string, string> = {}, body = ""): Answer => {
  return (response) => response.writeHead(code, headers).end(body);
};
export const ok = (_: unknown, response: ServerResponse) => response.end("{}");
export const reset: Answer = (response) => response.destroy();
/** Never answers. */
export const silence: Answer = () => {};
export const cutOff: Answer = (response) => {
  response.writeHead(200, { "content-length": "100" });
  response.write('{"half":');
  setTimeout(() => response.destroy(), 5);
};

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
export const after = (ms: number, answer: Answer): Answer => {
  return async (...given) => {
    await sleep(ms);
    return answer(...given);
  };
};

/** The HttpError that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<HttpError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof HttpError) return error;
  throw new Error("no HttpError but this", { cause: error });
}
