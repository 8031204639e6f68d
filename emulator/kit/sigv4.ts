import { createHash, createHmac } from "node:crypto";
import { encode, order, quarterOfAnHour, type Refused, refused } from "./signature.ts";
import type { Call } from "./types.ts";

const unsigned = "UNSIGNED-PAYLOAD";

/**
 * Whose request it is, by AWS Signature Version 4 in the Authorization header, or why it is nobody's. The secret key
 * of an access key that there is not is undefined. Signatures in the query are not served.
 */
export function signerOf(
  call: Call,
  service: string,
  secretKeyOf: (accessKey: string) => string | undefined,
): { accessKey: string } | Refused {
  const { authorization } = call.headers;
  if (!authorization) return refused(403, "MissingAuthenticationToken", "Request is missing its signature");
  const signed = partsOf(authorization);
  const date = String(call.headers["x-amz-date"] ?? "");
  if (
    !signed ||
    signed.service !== service ||
    !date.startsWith(signed.day) ||
    !signed.headers.includes("host")
  )
    return refused(400, "IncompleteSignature", "The signature lacks a part, or does not fit the request");
  if (!(Math.abs(Date.now() - timeOf(date)) < quarterOfAnHour))
    return refused(400, "RequestExpired", "The signature is not of this time");
  const secretKey = secretKeyOf(signed.accessKey);
  if (secretKey === undefined)
    return refused(403, "InvalidClientTokenId", "The security token included in the request is invalid");
  const scope = `${signed.day}/${signed.region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical(call, signed.headers))].join("\n");
  const key = [signed.day, signed.region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part).digest(),
    `AWS4${secretKey}`,
  );
  if (hmac(key, text).digest("hex") !== signed.signature)
    return refused(403, "SignatureDoesNotMatch", "The signature that was calculated does not match");
  return { accessKey: signed.accessKey };
}

function partsOf(authorization: string) {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, accessKey, day, region, service, headers, signature] = form.exec(authorization) ?? [];
  if (!accessKey || !day || !region || !service || !headers || !signature) return undefined;
  return { accessKey, day, region, service, headers: headers.split(";"), signature };
}

function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** The path stands as it came: whether it is to be encoded once more differs between services. */
function canonical({ method, path, rawQuery, headers, body }: Call, names: readonly string[]): string {
  const parameters = [...new URLSearchParams(rawQuery)]
    .map((pair) => pair.map(encode))
    .sort(([a = "", x = ""], [b = "", y = ""]) => order(a, b) || order(x, y))
    .map((pair) => pair.join("="));
  const lines = names.map(
    (name) =>
      `${name}:${String(headers[name] ?? "")
        .trim()
        .replace(/ +/g, " ")}\n`,
  );
  // The header's value is signed in place of the body's hash, where a service takes unsigned bodies.
  const payload = headers["x-amz-content-sha256"] === unsigned ? unsigned : sha256(body);
  return [method, path, parameters.join("&"), lines.join(""), names.join(";"), payload].join("\n");
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text);
