import { Pool } from "undici";

export interface HttpRequest {
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  body?: string;
}

/** Sends requests as the plugin sends them, by undici and nothing else. */
export function sender(url: string, authorization: string): (request: HttpRequest) => Promise<void> {
  const pool = new Pool(url, { connections: 16 });
  const headers = { accept: "application/json", "user-agent": "tenantry", authorization };
  const withBody = { ...headers, "content-type": "application/json" };
  return async ({ method, path, body }) => {
    const answer = await pool.request(
      body === undefined ? { method, path, headers } : { method, path, headers: withBody, body },
    );
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  };
}
