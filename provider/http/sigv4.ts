import aws4 from "aws4";
import type { Signer } from "./types.ts";

export interface SigV4Key {
  accessKey: string;
  secretKey: string;
  service: string;
  region: string;
}

/** AWS Signature Version 4, in the Authorization header. */
export function sigV4({ accessKey, secretKey, service, region }: SigV4Key): Signer {
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
        ...(body !== undefined && { body, headers: type === undefined ? {} : { "content-type": type } }),
      },
      credentials,
    );
    const { Host: _host, "Content-Length": _length, ...added } = signed.headers as Record<string, string>;
    return added;
  };
  return Object.assign(signer, { secrets: [secretKey] });
}
