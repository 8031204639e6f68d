import { closest, distance } from "fastest-levenshtein";

/** The allowed word that a wrong one was probably meant to be, if any is near. */
export function suggest(word: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const near = closest(
    word.toLowerCase(),
    allowed.map((each) => each.toLowerCase()),
  );
  const original = allowed.find((each) => each.toLowerCase() === near);
  return distance(word.toLowerCase(), near) <= Math.max(2, word.length / 3) ? original : undefined;
}
