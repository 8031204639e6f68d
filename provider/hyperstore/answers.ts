import type { Response } from "../http/index.ts";

/*
 * What the Admin API's answers mean (section 1.3): 204 is "not found" where a body is expected, "gone" can be a 400
 * that only its text tells apart, and a 404 is a wrong path, never a missing object.
 */

/** The body as JSON, or undefined for 204 and for a 400 that says `missing`. */
export function found<T>(response: Response, missing?: RegExp): T | undefined {
  if (response.status === 204 || saysMissing(response, missing)) return undefined;
  if (response.status !== 200) throw refusal(response);
  rejectPage(response);
  return response.json<T>();
}

/** A body of plain text, without the spaces around it, or the same text as JSON; undefined as above. */
export function foundText(response: Response, missing?: RegExp): string | undefined {
  if (response.status === 204 || saysMissing(response, missing)) return undefined;
  if (response.status !== 200) throw refusal(response);
  rejectPage(response);
  const isJson = /\bjson\b/.test(response.headers["content-type"] ?? "");
  return isJson ? String(response.json()) : response.text.trim();
}

/** True when a write was done; false for a 204 or a 400 that says `missing`; an error for all else. */
export function done(response: Response, missing?: RegExp): boolean {
  if (response.status === 204 || saysMissing(response, missing)) return false;
  if (response.status !== 200 && response.status !== 201) throw refusal(response);
  rejectPage(response);
  return true;
}

export const says = (response: Response, status: number, text: RegExp): boolean =>
  response.status === status && text.test(response.text);

const saysMissing = (response: Response, missing: RegExp | undefined) =>
  missing !== undefined && says(response, 400, missing);

/** No success has an HTML body: a proxy or another server answered, and nothing was done. */
function rejectPage(response: Response): void {
  if (response.text.trimStart().startsWith("<"))
    throw response.error(`this is a web page, not an answer of HyperStore's Admin API. ${wrongAddress}`);
}

/** A 404 of a system whose version is known: there it is the method that is missing, and not the address that is wrong. */
export function missingIn(response: Response, version: string | undefined): Response {
  if (version === undefined) return response;
  const detail = `HyperStore ${version} has no such method: it came with a later version, or went with an earlier one`;
  return { ...response, error: () => response.error(detail) };
}

export const refusal = (response: Response): Error => response.error(details(response));

const wrongAddress =
  "Check hyperstoreEndpoint: it is the Admin Service, usually https://NODE:19443, not the CMC or the S3 endpoint";

function details({ status, text }: Response): string | undefined {
  if (status === 401)
    return "the user name or password is wrong: check hyperstoreUsername and hyperstorePassword (HYPERSTORE_USERNAME, HYPERSTORE_PASSWORD)";
  if (status === 403 && !/maximum number/i.test(text))
    return "only the Admin Service of the default region takes this call (section 1.1.1): point hyperstoreEndpoint at a node of that region";
  if (status === 404) return `there is no such path. ${wrongAddress}`;
  return undefined;
}
