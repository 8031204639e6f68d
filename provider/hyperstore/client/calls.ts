import { isDeepStrictEqual } from "node:util";
import type { Http, Request, Response } from "../../http/index.ts";

/** What each chapter's methods are made of. */
export interface Calls {
  send(request: Request): Promise<Response>;
  get(path: string, query: Query): Promise<Response>;
}
export type Query = Record<string, string | number | boolean | undefined>;

/** `writing` is told before the first write is sent. */
export function callsOver(http: Http, writing: () => void): Calls {
  const send = (request: Request) => {
    if (request.method !== "GET") writing();
    return http.send(request);
  };
  return { send, get: (path, query) => send({ method: "GET", path, query }) };
}

/** Whether an object of the server's has everything that was sent, empty and absent being one. */
export const includes = (now: Record<string, unknown>, sent: Record<string, unknown>): boolean =>
  Object.entries(sent).every(([key, value]) => isDeepStrictEqual(now[key] || "", value || ""));
