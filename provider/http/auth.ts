import type { Signer } from "./types.ts";

/** HTTP Basic authentication (RFC 7617, in UTF-8). */
export function basicAuth(user: string, password: string): Signer {
  const token = Buffer.from(`${user}:${password}`).toString("base64");
  const headers = { authorization: `Basic ${token}` };
  return Object.assign(() => headers, { secrets: [password, token] });
}
