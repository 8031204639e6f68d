import type { FastifyInstance, FastifyReply } from "fastify";
import type { Fault, Faults } from "./faults.ts";
import type { RecordedRequest } from "./record.ts";
import type { Vendor } from "./types.ts";

export const controlPrefix = "/_emulator/";

/** The door for tests that run in another process than the emulator. Not part of any vendor's API. */
export function serveControl(
  app: FastifyInstance,
  vendor: Vendor,
  faults: Faults,
  requests: RecordedRequest[],
): void {
  app.post(`${controlPrefix}faults`, (request, reply) =>
    attempt(reply, () => {
      faults.replace(...(listOf(request.body) as Fault[]));
    }),
  );
  app.get(`${controlPrefix}requests`, (_, reply) => sendJson(reply, 200, requests));
  app.delete(`${controlPrefix}requests`, (_, reply) =>
    attempt(reply, () => {
      requests.length = 0;
    }),
  );
  app.post(`${controlPrefix}state`, (request, reply) =>
    attempt(reply, () => {
      try {
        for (const edit of listOf(request.body)) vendor.edit(edit as Record<string, unknown>);
      } finally {
        vendor.save?.(); // what came before a refused one is done
      }
    }),
  );
}

function attempt(reply: FastifyReply, act: () => void): FastifyReply {
  try {
    act();
    return reply.code(204).send();
  } catch (error) {
    return sendJson(reply, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function listOf(body: unknown): object[] {
  const value: unknown = JSON.parse(typeof body === "string" ? body : "");
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (item && typeof item === "object") return item;
    throw new Error("expected a JSON object, or an array of them");
  });
}

function sendJson(reply: FastifyReply, status: number, value: unknown): FastifyReply {
  return reply.code(status).header("content-type", "application/json").send(JSON.stringify(value));
}
