import type { FastifyReply } from "fastify";
import type { Answer } from "./types.ts";

const passedOn = new WeakMap<FastifyReply, Answer>();

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.passedOn) passedOn.set(reply, answer);
  reply.code(answer.status).headers({ ...answer.headers });
  if (answer.body === undefined) return reply.send();
  if (answer.passedOn) return reply.send(answer.body);
  return reply.header("content-type", answer.type ?? "text/plain").send(answer.body);
}

/** Takes back what the web framework made of the content type of an answer that is another server's. */
export function restoreType(reply: FastifyReply): void {
  const answer = passedOn.get(reply);
  if (answer) reply.removeHeader("content-type").headers({ ...answer.headers });
}
