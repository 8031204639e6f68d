import { createHmac } from "node:crypto";
import { encode, order, quarterOfAnHour, type Refused, refused } from "./signature.ts";
import type { Call } from "./types.ts";

const algorithms: Readonly<Record<string, string>> = { HmacSHA256: "sha256", HmacSHA1: "sha1" };

/** What a signature adds to the parameters of an action. */
const added = ["AWSAccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "Timestamp", "Expires"];

type Parameters = Readonly<Record<string, string>>;

export const hasSignatureV2 = (parameters: Parameters): boolean => parameters.SignatureVersion === "2";

/**
 * Whose request it is, by AWS Signature Version 2 among its parameters, or why it is nobody's. `parameters` are those of
 * the URL and of a form. The secret key of an access key that there is not is undefined.
 */
export function signerByV2(
  { method, path, headers }: Pick<Call, "method" | "path" | "headers">,
  parameters: Parameters,
  secretKeyOf: (accessKey: string) => string | undefined,
): { accessKey: string } | Refused {
  const { AWSAccessKeyId: accessKey, Signature: signature, SignatureMethod: name = "" } = parameters;
  const algorithm = algorithms[name];
  if (!accessKey || !signature || !algorithm || !(parameters.Timestamp || parameters.Expires))
    return refused(400, "IncompleteSignature", "The signature lacks a part");
  if (!isOfThisTime(parameters)) return refused(400, "RequestExpired", "The signature is not of this time");
  const secretKey = secretKeyOf(accessKey);
  if (secretKey === undefined)
    return refused(403, "InvalidClientTokenId", "The security token included in the request is invalid");
  const signed = Object.entries(parameters)
    .filter(([each]) => each !== "Signature")
    .sort(([a], [b]) => order(a, b))
    .map((pair) => pair.map(encode).join("="));
  const text = [method, headers.host?.toLowerCase(), path, signed.join("&")].join("\n");
  if (createHmac(algorithm, secretKey).update(text).digest("base64") !== signature)
    return refused(403, "SignatureDoesNotMatch", "The signature that was calculated does not match");
  return { accessKey };
}

export const withoutSignatureV2 = (parameters: Parameters): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !added.includes(name)));

function isOfThisTime({ Timestamp, Expires }: Parameters): boolean {
  if (Expires) return Date.now() < timeOf(Expires);
  return Math.abs(Date.now() - timeOf(Timestamp ?? "")) < quarterOfAnHour;
}

/** A time without a zone is UTC, as in AWS's own example. */
const timeOf = (text: string): number => Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
