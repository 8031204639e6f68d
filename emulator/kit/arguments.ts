/** Parsers of the command's arguments. Commander adds the option's name to what they refuse. */
import { InvalidArgumentError } from "commander";

export const port = wholeNumber(0, 65_535);

/** No more than a timer of Node can wait. */
export const milliseconds = wholeNumber(0, 2 ** 31 - 1);

export const count = wholeNumber(1, 1_000_000);

export function wholeNumber(least: number, most: number) {
  return (value: string): number => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  };
}

export function text(value: string): string {
  if (value !== "") return value;
  throw new InvalidArgumentError("It is empty.");
}

/** Basic authentication ends the user's name at a colon (RFC 7617). */
export function userName(value: string): string {
  if (value !== "" && !value.includes(":")) return value;
  throw new InvalidArgumentError("A name without a colon is expected.");
}

/** For an option that may be given several names, or several times. */
export function names(value: string, before: string[] = []): string[] {
  if (!/^[\w.-]+$/.test(value))
    throw new InvalidArgumentError("A name of letters, digits, _, . and - is expected.");
  if (before.includes(value)) throw new InvalidArgumentError("It is given twice.");
  return [...before, value];
}
