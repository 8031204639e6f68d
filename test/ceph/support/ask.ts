import aws4 from "aws4";

/** A radosgw and a key that may do everything there. */
export interface Access {
  endpoint: string;
  accessKey: string;
  secretKey: string;
}

export interface Answer {
  status: number;
  text: string;
  json(): unknown;
}

/** As signatures have it: encodeURIComponent leaves more signs as they are than RFC 3986 does. */
export const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Asks it with no code of the provider's: the admin API, or S3 with a user's own key. */
export async function ask(access: Access, method: string, path: string, body?: string): Promise<Answer> {
  const isAgain = isDecodedAgain(path) && (await decodesTwice(access));
  return send(access, method, isAgain ? path.replace(/%(25|2B)/g, "%25$1") : path, body);
}

/** Tentacle decodes what comes with these twice (measured on 20.2.4). */
const isDecodedAgain = (path: string) => /^\/admin\/(?!metadata|config)\w+\?.*%(25|2B)/.test(path);

const answers = new Map<string, Promise<Answer>>();
export async function decodesTwice(access: Access): Promise<boolean> {
  // Another release may come after it at the same address.
  const key = `${access.endpoint} ${access.secretKey}`;
  const answer = answers.get(key) ?? send(access, "GET", "/admin/user?uid=%25zz");
  answers.set(key, answer);
  return (await answer).text.includes("InvalidArgument");
}

async function send(
  { endpoint, accessKey, secretKey }: Access,
  method: string,
  path: string,
  body?: string,
): Promise<Answer> {
  const { headers } = aws4.sign(
    {
      method,
      host: new URL(endpoint).host,
      path,
      service: "s3",
      region: "us-east-1",
      headers: { "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD" },
      ...(body !== undefined && { body }),
    },
    { accessKeyId: accessKey, secretAccessKey: secretKey },
  );
  const { Host: _host, "Content-Length": _length, ...sent } = headers as Record<string, string>;
  const response = await fetch(endpoint + path, {
    method,
    headers: sent,
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) };
}

/** The same, of what must succeed. A write that lost against another one is made again. */
export async function must(access: Access, method: string, path: string, body?: string): Promise<Answer> {
  for (let count = 1; ; count++) {
    const answer = await ask(access, method, path, body);
    if (answer.status < 300) return answer;
    const isLost = answer.status === 500 || answer.text.includes("ConcurrentModification");
    if (!isLost || count === 10) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }
}
