/** Whether an Authorization header holds this name and password (RFC 7617). */
export function basicMatches(header: string | undefined, user: string, password: string): boolean {
  const [scheme, token] = header?.split(" ") ?? [];
  if (scheme?.toLowerCase() !== "basic" || !token) return false;
  return Buffer.from(token, "base64").toString("utf8") === `${user}:${password}`;
}
