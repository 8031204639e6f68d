import { createHmac, randomBytes } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A seed of as many letters as the sample of 14.18.4 has, in base32 (RFC 4648). */
export function newSeed(): string {
  return Array.from(randomBytes(64), (byte) => letters[byte % 32]).join("");
}

/** The six digits that an authenticator shows during the nth half minute since 1970 (RFC 6238). */
export function codeAt(seed: string, halfMinute: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(halfMinute));
  const hash = createHmac("sha1", bytesOf(seed)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

export const halfMinuteNow = (): number => Math.floor(Date.now() / 30_000);

function bytesOf(seed: string): Buffer {
  const bits = Array.from(seed, (letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
