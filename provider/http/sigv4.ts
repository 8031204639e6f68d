import aws4 from "aws4";
import type { Signer } from "./types.ts";

export interface SigV4Key {
  accessKey: string;
  secretKey: string;
  service: string;
  region: string;
  /** The signature covers no body: the header says so in place of the body's hash. */
  unsignedPayload?: boolean;
}

/** AWS Signature Version 4, in the Authorization header. */
export function sigV4({ accessKey, secretKey, service, region, unsignedPayload }: SigV4Key): Signer {
  const unsigned = unsignedPayload ? { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } : {};
  const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey };
  const signer: Signer = ({ method, url, headers, body }) => {
    const type = headers["content-type"];
    const signed = aws4.sign(
      {
        method,
        host: url.host,
        path: url.pathname + url.search,
        service,
        region,
        ...(body !== undefined && { body }),
        headers: {
          ...unsigned,
          ...(body !== undefined && type !== undefined && { "content-type": type }),
        },
      },
      credentials,
    );
    const { Host: _host, "Content-Length": _length, ...added } = signed.headers as Record<string, string>;
    return added;
  };
  return Object.assign(signer, { secrets: [secretKey] });
}
