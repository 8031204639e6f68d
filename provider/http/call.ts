import type { Request, Response, Signable } from "./types.ts";

/** A request as it will be sent, but for its signature. */
export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly idempotent: boolean;
  readonly settle: (() => Promise<Response | undefined>) | undefined;
  /** Equal GETs have equal keys. */
  readonly key: string;
}

export function prepare(request: Request, defaults: Readonly<Record<string, string>>): Call {
  const { method, settle } = request;
  const target = request.query === undefined ? request.path : withQuery(request.path, request.query);
  const body = request.json === undefined ? request.body : JSON.stringify(request.json);
  const plain = request.headers === undefined && request.json === undefined;
  const headers = plain ? defaults : { ...defaults, ...typeOf(request), ...request.headers };
  return {
    method,
    target,
    body,
    headers,
    idempotent:
      request.idempotent ??
      (settle === undefined && (request.isRead === true || (method !== "POST" && method !== "PATCH"))),
    settle,
    key:
      request.headers === undefined && body === undefined ? target : JSON.stringify([target, headers, body]),
  };
}

/** A class for its getter: the URL is parsed only for those who sign it. */
export class Signed implements Signable {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  declare readonly body?: string;
  readonly #url: string;

  constructor(base: string, { method, headers, body, target }: Call) {
    this.method = method;
    this.headers = headers;
    if (body !== undefined) this.body = body;
    this.#url = base + target;
  }

  get url(): URL {
    return new URL(this.#url);
  }
}

function typeOf({ json }: Request): Record<string, string> {
  return json === undefined ? {} : { "content-type": "application/json" };
}

function withQuery(path: string, query: NonNullable<Request["query"]>): string {
  let target = path;
  let separator = path.includes("?") ? "&" : "?";
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    target += `${separator}${encode(name)}=${encode(String(value))}`;
    separator = "&";
  }
  return target;
}

/** As RFC 3986 has it, which is also what signatures are made over. */
function encode(text: string): string {
  if (!/[^\w.~-]/.test(text)) return text;
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
