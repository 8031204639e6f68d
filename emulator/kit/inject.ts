import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Fault, isStatus, strikesAfter } from "./faults.ts";
import { send } from "./reply.ts";
import type { Answer, Call, Vendor } from "./types.ts";

// What a captive proxy or a load balancer's maintenance page does.
const busyPage: Answer = {
  status: 200,
  type: "text/html",
  body: "<html><body>Please try again later</body></html>",
};

/** Strikes before the server acts. Whether the request ends here, without an answer or with a false one. */
export function strikeBefore(fault: Fault, call: Call, reply: FastifyReply, vendor: Vendor): boolean {
  if (strikesAfter(fault)) return false;
  if (isStatus(fault)) {
    send(reply, statusAnswer(fault, call, vendor));
    return true;
  }
  // timeout-before needs nothing: the connection stays open until the client gives up or the emulator closes.
  if (fault.kind === "reset-before") reset(reply.raw.socket);
  if (fault.kind === "html") send(reply, busyPage);
  return fault.kind !== "delay";
}

/** Strikes after the server acted. Gives what goes over the wire in place of the true body. */
export async function strikeAfter(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call,
  vendor: Vendor,
  body: unknown,
): Promise<unknown> {
  if (!strikesAfter(fault)) return body;
  const socket = request.raw.socket;
  if (isStatus(fault)) {
    const answer = statusAnswer(fault, call, vendor);
    reply.code(answer.status).headers({ ...answer.headers, "content-type": answer.type ?? "text/plain" });
    return answer.body ?? "";
  }
  switch (fault.kind) {
    case "reset-after":
      reset(socket);
      return body;
    case "timeout-after":
      if (!socket.destroyed) await new Promise((resolve) => socket.once("close", resolve));
      return body;
    case "bad-json":
      asJson(reply);
      return cut(body);
    default: {
      // cut-json: the length promises all of it, so that the client sees the connection end too early.
      asJson(reply);
      reply.header("content-length", Buffer.byteLength(textOf(body)));
      return Readable.from(halfThenGone(cut(body), socket), { objectMode: false });
    }
  }
}

function statusAnswer(fault: Fault, call: Call, vendor: Vendor): Answer {
  const status = Number(fault.kind);
  const answer = vendor.failure(call, status);
  if (status !== 503 && status !== 429) return answer;
  const { retryAfter = 0 } = fault;
  const value = retryAfter instanceof Date ? retryAfter.toUTCString() : String(retryAfter);
  return { ...answer, headers: { ...answer.headers, "retry-after": value } };
}

// RST rather than FIN where the handle allows it: TLS sockets do not.
function reset(socket: Socket | null): void {
  if (!socket) return;
  if ("encrypted" in socket) socket.destroy();
  else socket.resetAndDestroy();
}

// An answer without a body (204, or an empty 200) cannot be cut off: it gets one that can.
function textOf(body: unknown): string {
  return typeof body === "string" && body.length > 1 ? body : '{"unfinished": true}';
}

function cut(body: unknown): string {
  const text = textOf(body);
  return text.slice(0, Math.ceil(text.length / 2));
}

function asJson(reply: FastifyReply): void {
  reply.code(200).header("content-type", "application/json");
}

async function* halfThenGone(half: string, socket: Socket): AsyncGenerator<Buffer> {
  yield Buffer.from(half);
  await sleep(10); // lets the half go out before the connection does
  socket.destroy();
}
