import type { Http, Request, Response } from "../../http/index.ts";
import { ProviderError } from "../../resource/errors.ts";

export type Query = NonNullable<Request["query"]>;

/** What the functions of each chapter are made of. Paths are those after the admin entry, as in `/user`. */
export interface Radosgw {
  send(request: Request): Promise<Response>;
  get(path: string, query: Query): Promise<Response>;
  /** Runs one at a time of all that have the same key. */
  inTurn<T>(key: string, write: () => Promise<T>): Promise<T>;
  /** What this cluster can do and others cannot, asked once. */
  has(feature: string, ask: () => Promise<boolean>): Promise<boolean>;
}

/** What the calls of one connection share. */
export interface Shared {
  adminEntry: string;
  /** Why nothing is written through it. */
  refusesWrites?: string | undefined;
  has: Map<string, Promise<boolean>>;
}

export function radosgwOver(http: Http, { adminEntry, refusesWrites, has }: Shared): Radosgw {
  async function send({ path, ...request }: Request): Promise<Response> {
    if (request.method !== "GET" && refusesWrites)
      throw new ProviderError("refused", `${request.method} ${path}: ${refusesWrites}`);
    return http.send({ ...request, path: `/${adminEntry}${path}` });
  }
  return {
    send,
    get: (path, query) => send({ method: "GET", path, query }),
    inTurn: (key, write) => http.serial(key, write),
    has(feature, ask) {
      const known = has.get(feature) ?? ask();
      has.set(feature, known);
      known.catch(() => has.delete(feature));
      return known;
    },
  };
}

/** Concurrent writes of one user lose against each other, whatever part of it they write (measured on all releases). */
export const inTurnOf = <T>(api: Radosgw, uid: string, write: () => Promise<T>): Promise<T> =>
  api.inTurn(`user ${uid}`, write);
