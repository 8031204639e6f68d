import type { Http, Request, Response } from "../../http/index.ts";
import { ProviderError } from "../../resource/errors.ts";
import type { Once } from "../../resource/once.ts";
import { codeOf, found } from "./answers.ts";

export type Query = NonNullable<Request["query"]>;

/** What the functions of each chapter are made of. Paths are those after the admin entry, as in `/user`. */
export interface Radosgw {
  /** Whose key the requests are signed with. */
  readonly accessKey: string;
  send(request: Request): Promise<Response>;
  get(path: string, query: Query): Promise<Response>;
  /** Runs one at a time of all that have the same key. */
  inTurn<T>(key: string, write: () => Promise<T>): Promise<T>;
  /** What this cluster can do and others cannot, asked once. */
  has(feature: string, ask: () => Promise<boolean>): Promise<boolean>;
}

/** What the calls of one connection share. */
export interface Shared {
  accessKey: string;
  adminEntry: string;
  /** Why nothing is written through it. */
  refusesWrites?: string | undefined;
  abilities: Once<boolean>;
}

export function radosgwOver(
  http: Http,
  { accessKey, adminEntry, refusesWrites, abilities }: Shared,
): Radosgw {
  const raw = (request: Request) => http.send({ ...request, path: `/${adminEntry}${request.path}` });
  async function send(request: Request): Promise<Response> {
    const { method, path, query } = request;
    if (method !== "GET" && refusesWrites)
      throw new ProviderError("refused", `${method} ${path}: ${refusesWrites}`);
    if (!isDecodedAgain(request) || !(await api.has("second decoding", decodesTwice))) return raw(request);
    return raw({ ...request, query: mapQuery(query, encodedOnce) });
  }
  async function decodesTwice(): Promise<boolean> {
    const response = await raw({ method: "GET", path: "/user", query: { uid: "%zz" } });
    found(response, "NoSuchUser", "InvalidArgument");
    return codeOf(response) === "InvalidArgument";
  }
  const api: Radosgw = {
    accessKey,
    send,
    get: (path, query) => send({ method: "GET", path, query }),
    inTurn: (key, write) => http.serial(key, write),
    has: (feature, ask) => abilities.get(feature, ask),
  };
  return api;
}

/**
 * Tentacle decodes the parameters of these twice, so that "+" becomes a space and "%41" an A, and what cannot be
 * decoded again is lost (measured on 20.2.4; neither 16.2.15 nor 18.2.7 does, nor do /metadata and /config).
 */
const isDecodedAgain = ({ path, query = {} }: Request): boolean =>
  /^\/(user|bucket|usage|account|ratelimit)\b/.test(path) &&
  Object.values(query).some((value) => /[%+]/.test(String(value)));

const encodedOnce = (value: string) => value.replace(/[%+]/g, encodeURIComponent);

const mapQuery = (query: Query = {}, map: (value: string) => string): Query =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === "string" ? map(value) : value]),
  );

/** Concurrent writes of one user lose against each other, whatever part of it they write (measured on all releases). */
export const inTurnOf = <T>(api: Radosgw, uid: string, write: () => Promise<T>): Promise<T> =>
  api.inTurn(`user ${uid}`, write);
