import { createHmac } from "node:crypto";
import aws4 from "aws4";
import type { IamEndpoint } from "../../../emulator/hyperstore/iam/index.ts";
import type { HyperStoreOptions } from "../../../emulator/hyperstore/index.ts";
import type { Credential } from "../../../emulator/hyperstore/state.ts";
import { withJohn } from "./harness.ts";

export interface IamReply {
  status: number;
  /** Without the id of the request, which is never the same. */
  text: string;
  /** The code of an error, else "". */
  code: string;
}

type Key = Pick<Credential, "accessKey" | "secretKey">;

/** The group QA with John in it, and a way to ask the IAM Service, as the auditor unless another key is given. */
export async function withIam(options: HyperStoreOptions = {}) {
  const emulator = await withJohn({ iam: true, ...options });
  const { iam } = emulator;
  if (!iam) throw new Error("the emulator serves no IAM");
  const ask = (action: string, query: Record<string, string> = {}, key: Key = iam) =>
    signed(iam, "GET", { Action: action, ...query }, key);
  const post = (action: string, query: Record<string, string> = {}) =>
    signed(iam, "POST", { Action: action, ...query }, iam);
  return { ...emulator, iam, ask, post };
}

/** By AWS's Signature Version 2, which our own client does not speak. */
export async function signedByV2(
  { url, accessKey, secretKey }: IamEndpoint,
  method: string,
  algorithm: string,
  query: Record<string, string>,
): Promise<IamReply> {
  const parameters = new URLSearchParams({
    ...query,
    AWSAccessKeyId: accessKey,
    SignatureMethod: algorithm,
    SignatureVersion: "2",
    Timestamp: new Date().toISOString(),
  });
  parameters.sort();
  const text = `${method}\n${new URL(url).host}\n/\n${parameters}`;
  const hash = algorithm === "HmacSHA1" ? "sha1" : "sha256";
  parameters.set("Signature", createHmac(hash, secretKey).update(text).digest("base64"));
  return method === "POST"
    ? replyOf(await fetch(url, { method, body: parameters }))
    : replyOf(await fetch(`${url}/?${parameters}`));
}

async function signed(
  { url }: IamEndpoint,
  method: string,
  query: Record<string, string>,
  { accessKey, secretKey }: Key,
): Promise<IamReply> {
  const parameters = new URLSearchParams(query).toString().replaceAll("+", "%20");
  const isPost = method === "POST";
  const {
    path = "",
    headers,
    body,
  } = aws4.sign(
    {
      method,
      host: new URL(url).host,
      path: isPost ? "/" : `/?${parameters}`,
      service: "iam",
      ...(isPost && { body: parameters }),
    },
    { accessKeyId: accessKey, secretAccessKey: secretKey },
  );
  const response = await fetch(url + path, {
    method,
    headers: headers as Record<string, string>,
    ...(isPost && { body: String(body) }),
  });
  return replyOf(response);
}

async function replyOf(response: Response): Promise<IamReply> {
  const text = (await response.text()).replace(
    /<RequestId>[\w-]{36}<\/RequestId>/,
    "<RequestId>id</RequestId>",
  );
  return { status: response.status, text, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? "" };
}
