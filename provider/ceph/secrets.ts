import { createHash, randomBytes } from "node:crypto";

export const newSecret = (): string => randomBytes(30).toString("base64url");

/** What follows from the parts, in RFC 4648's alphabet of five bits each. */
export function base32(length: number, ...parts: string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
  return Array.from(digest.subarray(0, length), (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte & 31]).join(
    "",
  );
}
