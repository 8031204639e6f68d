import { ProviderError } from "../resource/errors.ts";

/**
 * A whole number as the server writes it: in JSON or as plain text, in quotes or without. Negative ones occur: a
 * bucket's count can fall below zero until the system repairs it. From 2^53 on a number of JavaScript's, and so of
 * Pulumi's, is no longer exact, and a figure that is nearly right would be worse than none.
 */
export function count(value: unknown, what: string): number {
  const number = typeof value === "number" ? value : Number(/^-?\d+$/.exec(written(value)) ?? Number.NaN);
  if (Number.isSafeInteger(number)) return number;
  throw new ProviderError("refused", tooLarge(number, what) ?? unexpected(value, what, "a whole number"));
}

/** A whole number that may be beyond all that, as text. */
export function wholeText(value: unknown, what: string): string {
  if (typeof value === "number") return String(count(value, what));
  const text = written(value);
  if (/^-?\d+$/.test(text)) return text;
  throw new ProviderError("refused", unexpected(value, what, "a whole number"));
}

/** A number that may have a fraction, such as a price or a mean, in JSON or as text. */
export function decimal(value: unknown, what: string): number {
  const number =
    typeof value === "number"
      ? value
      : Number(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.exec(written(value))?.[0] ?? Number.NaN);
  const problem = Number.isNaN(number) ? unexpected(value, what, "a number") : tooLarge(number, what);
  if (problem === undefined) return number;
  throw new ProviderError("refused", problem);
}

const tooLarge = (number: number, what: string): string | undefined =>
  Math.abs(number) > Number.MAX_SAFE_INTEGER
    ? `HyperStore's answer for ${what} is beyond ${Number.MAX_SAFE_INTEGER} (2^53 - 1), where a number in a Pulumi program is no longer exact: ask for a smaller part of it, or ask the Admin API itself`
    : undefined;

const gibibytesIn: Readonly<Record<string, number>> = { G: 1, T: 1024, P: 1024 ** 2, E: 1024 ** 3 };

/** A size as the server writes it, "62G" or "100T" (sections 11.6.4, 11.10.3), in GiB. "0" and "-1" have no unit. */
export function gibibytes(value: unknown, what: string): number {
  const size = written(value);
  if (size === "0" || size === "-1") return Number(size);
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)([GTPE])$/.exec(size) ?? [];
  const factor = gibibytesIn[unit];
  if (factor === undefined)
    throw new ProviderError("refused", unexpected(value, what, 'a size such as "62G" or "100T"'));
  return Number(amount) * factor;
}

const written = (value: unknown): string =>
  String(value)
    .trim()
    .replace(/^"(.*)"$/, "$1");

const unexpected = (value: unknown, what: string, expected: string): string =>
  `HyperStore answered ${JSON.stringify(value)?.slice(0, 60)} for ${what}, where the Admin API promises ${expected}: check hyperstoreEndpoint, and that the system is a version this provider knows`;
