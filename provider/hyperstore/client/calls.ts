import { isDeepStrictEqual } from "node:util";
import type { Http, Request, Response } from "../../http/index.ts";
import { ProviderError, Unchecked } from "../../resource/errors.ts";
import type { Once } from "../../resource/once.ts";
import { missingIn } from "../answers.ts";
import type { Lists } from "../lists.ts";

/** What each chapter's methods are made of. */
export interface Calls {
  send(request: Request): Promise<Response>;
  get(path: string, query: Query): Promise<Response>;
  /** Runs one at a time of all that have the same key. */
  inTurn<T>(key: string, write: () => Promise<T>): Promise<T>;
}
export type Query = Record<string, string | number | boolean | undefined>;

/** What the calls of one connection share. */
export interface Shared {
  lists: Lists;
  /** Why nothing is written through it. */
  refusesWrites?: string | undefined;
  /** Undefined where the system does not say it. */
  version: Once<string | undefined>;
}

export function callsOver(http: Http, shared: Shared): Calls {
  async function send(request: Request): Promise<Response> {
    if (request.method !== "GET" && !request.isRead) beforeWriting(request, shared);
    const response = await http.send(request);
    if (response.status !== 404) return response;
    // It only completes the words of an error.
    const version = await shared.version.get("version", () => versionOf(http)).catch(() => undefined);
    return missingIn(response, version);
  }
  return {
    send,
    get: (path, query) => send({ method: "GET", path, query }),
    inTurn: (key, write) => http.serial(key, write),
  };
}

/** Of a run without Admin credentials: every call is one that its read-only keys do not reach. */
export function callsWithoutAdmin(uncheckable: "error" | "skip"): Calls {
  const send = async ({ method, path }: Request): Promise<Response> => {
    throw new Unchecked(
      `${method} ${path} is not among what read-only keys reach (section 1.7.2), and this run has no Admin credentials`,
      'run it with them, and hyperstoreRefuseWrites (HYPERSTORE_REFUSE_WRITES=true) to change nothing; or let refreshes leave out what these keys cannot check, with a warning: hyperstoreUncheckable "skip" (HYPERSTORE_UNCHECKABLE)',
      uncheckable === "skip",
    );
  };
  return {
    send,
    get: (path, query) => send({ method: "GET", path, query }),
    inTurn: (_key, write) => write(),
  };
}

function beforeWriting({ method, path }: Request, { refusesWrites, lists }: Shared): void {
  if (refusesWrites) throw new ProviderError("refused", `${method} ${path}: ${refusesWrites}`);
  lists.end();
}

/** 11.14: asked once, and only when a method is missing. The answer is like "8.2 Compiled: 2024-08-16 16:32". */
async function versionOf(http: Http): Promise<string | undefined> {
  const response = await http.send({ method: "GET", path: "/system/version" });
  return response.status === 200 ? /^[\d.]+/.exec(response.text.trim())?.[0] : undefined;
}

/** Whether an object of the server's has everything that was sent, empty and absent being one. */
export const includes = (now: Record<string, unknown>, sent: Record<string, unknown>): boolean =>
  Object.entries(sent).every(([key, value]) => isDeepStrictEqual(now[key] || "", value || ""));
