/** What AWS's two signature versions have in common. */

/** Why a request is not let in, as AWS calls it. */
export interface Refused {
  status: 400 | 403;
  code: string;
  message: string;
}

export const refused = (status: 400 | 403, code: string, message: string): Refused => ({
  status,
  code,
  message,
});

export const quarterOfAnHour = 15 * 60_000;

export const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Percent-encodes all but the unreserved characters of RFC 3986. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
