import { Pool } from "undici";
import { sigV4 } from "../../provider/http/index.ts";
import { type Access, encoded } from "../../test/ceph/support/ask.ts";

export interface HttpRequest {
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  query: Record<string, string>;
  json?: unknown;
}

/** Sends requests by undici, signed as the plugin signs them, and does nothing else. */
export function sender({ endpoint, ...key }: Access): (request: HttpRequest) => Promise<void> {
  const pool = new Pool(endpoint, { connections: 16 });
  const sign = sigV4({ ...key, service: "s3", region: "us-east-1", unsignedPayload: true });
  return async ({ method, path, query, json }) => {
    const parameters = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
    const target = `${path}${path.includes("?") ? "&" : "?"}${parameters.join("&")}`;
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const plain = { accept: "*/*", ...(json !== undefined && { "content-type": "application/json" }) };
    const signed = await sign({ method, url: new URL(target, endpoint), headers: plain, ...body });
    const answer = await pool.request({ method, path: target, headers: { ...plain, ...signed }, ...body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${method} ${target}: ${answer.statusCode} ${text}`);
  };
}
