import { isIPv4, isIPv6 } from "node:net";

/**
 * The one form of an IP address or an IPv4 subnet, so that what is equal compares equal; undefined for what is neither.
 * IPv6 as RFC 5952 has it, an IPv4 address in IPv6's clothes as IPv4, a subnet without bits behind its mask, and a
 * subnet of one address as that address.
 */
export function canonicalAddress(text: string): string | undefined {
  if (isIPv4(text)) return text;
  if (isIPv6(text) && !text.includes("%")) return canonicalIPv6(text);
  const [, network = "", digits = ""] = /^([\d.]+)\/(\d|[12]\d|3[0-2])$/.exec(text) ?? [];
  if (!isIPv4(network)) return undefined;
  const size = 2 ** (32 - Number(digits));
  const first = toNumber(network) - (toNumber(network) % size);
  return size === 1 ? network : `${fromNumber(first)}/${digits}`;
}

function canonicalIPv6(text: string): string {
  const short = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(short) ?? [];
  if (high === undefined || low === undefined) return short;
  return fromNumber(Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16));
}

const toNumber = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

const fromNumber = (value: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(value / 2 ** bits) % 256).join(".");
