import type { Response } from "../../http/index.ts";

/*
 * What a radosgw's answers mean: errors are JSON with a Code and a Message, which is empty but for accounts; successes
 * are JSON, often with no Content-Type, or empty (measured on 16.2.15, 18.2.7 and 20.2.4).
 */

/** The body as JSON; undefined where the error's code is one of those that say "there is none". */
export function found<T>(response: Response, ...missing: string[]): T | undefined {
  if (missing.includes(codeOf(response))) return undefined;
  if (response.status !== 200) throw refusal(response);
  rejectPage(response);
  return response.json<T>();
}

/** True when a write was done; false where the code is one of those that say "there is none". */
export function done(response: Response, ...missing: string[]): boolean {
  if (missing.includes(codeOf(response))) return false;
  if (response.status < 200 || response.status > 299) throw refusal(response);
  rejectPage(response);
  return true;
}

/** The answer, where the admin user may have it: that it may not is the same 403 for every call, and names nothing. */
export function permitted(response: Response, capability: string): Response {
  if (codeOf(response) !== "AccessDenied") return response;
  throw refusal(
    response,
    `the admin user lacks the capability ${capability}: radosgw-admin caps add --uid=ADMIN --caps='${capability}'`,
  );
}

/** The error's code, "" where there is none. */
export function codeOf({ status, text }: Response): string {
  if (status < 400) return "";
  return /"Code":\s*"(\w+)"/.exec(text)?.[1] ?? "";
}

const messageOf = ({ text }: Response): string => /"Message":\s*"([^"]+?)\.?"/.exec(text)?.[1] ?? "";

/** No success is a web page: a proxy or another server answered, and nothing was done. */
function rejectPage(response: Response): void {
  if (response.text.trimStart().startsWith("<"))
    throw response.error(`this is a web page, not an answer of a radosgw. ${wrongAddress}`);
}

export const refusal = (response: Response, remedy?: string): Error => {
  const code = codeOf(response);
  const advice =
    remedy ?? remedies[code] ?? (response.status === 404 && code === "" ? wrongAddress : undefined);
  const said = [code, messageOf(response), advice].filter((each) => each);
  return response.error(said.join(": ") || undefined);
};

const wrongAddress =
  "Check cephEndpoint (RADOSGW_ENDPOINT), and cephAdminEntry if the cluster has an rgw_admin_entry of its own";

/** "Authentication and access" errors of the S3 API, which the admin API shares. */
const remedies: Record<string, string> = {
  AccessDenied:
    "the admin user lacks a capability for this call: radosgw-admin caps add --uid=ADMIN --caps='users=*;buckets=*', from Reef on also ratelimit=*, from Tentacle on accounts=* (docs/ceph.md lists which call needs which)",
  InvalidAccessKeyId: "no user has the access key: check cephAccessKey (RADOSGW_ACCESS_KEY)",
  SignatureDoesNotMatch:
    "the secret key is wrong, or a proxy changes the requests on their way: check cephSecretKey (RADOSGW_SECRET_KEY)",
  RequestTimeTooSkewed: "the clocks of this machine and of the cluster differ by more than 15 minutes",
  UserSuspended: "the admin user is suspended: radosgw-admin user enable --uid=ADMIN",
  MethodNotAllowed: "this cluster's release does not have the call",
};
