import { isDeepStrictEqual } from "node:util";
import type { Http, Request, Response } from "../../http/index.ts";
import { missingIn } from "../answers.ts";
import type { Lists } from "../lists.ts";

/** What each chapter's methods are made of. */
export interface Calls {
  send(request: Request): Promise<Response>;
  get(path: string, query: Query): Promise<Response>;
}
export type Query = Record<string, string | number | boolean | undefined>;

/** What the calls of one connection share. */
export interface Shared {
  lists: Lists;
  version?: Promise<string | undefined>;
}

export function callsOver(http: Http, shared: Shared): Calls {
  async function send(request: Request): Promise<Response> {
    if (request.method !== "GET") shared.lists.end();
    const response = await http.send(request);
    if (response.status !== 404) return response;
    shared.version ??= versionOf(http);
    return missingIn(response, await shared.version);
  }
  return { send, get: (path, query) => send({ method: "GET", path, query }) };
}

/** 11.14: asked once, and only when a method is missing. The answer is like "8.2 Compiled: 2024-08-16 16:32". */
async function versionOf(http: Http): Promise<string | undefined> {
  const response = await http.send({ method: "GET", path: "/system/version" }).catch(() => undefined);
  return response?.status === 200 ? /^[\d.]+/.exec(response.text.trim())?.[0] : undefined;
}

/** Whether an object of the server's has everything that was sent, empty and absent being one. */
export const includes = (now: Record<string, unknown>, sent: Record<string, unknown>): boolean =>
  Object.entries(sent).every(([key, value]) => isDeepStrictEqual(now[key] || "", value || ""));
