import type { FastifyReply } from "fastify";
import type { Answer } from "./types.ts";

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status).headers({ ...answer.headers });
  if (answer.body === undefined) return reply.send();
  return reply.header("content-type", answer.type ?? "text/plain").send(answer.body);
}
