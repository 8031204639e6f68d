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
  const text = (await response.text()).replace(
    /<RequestId>[\w-]{36}<\/RequestId>/,
    "<RequestId>id</RequestId>",
  );
  return { status: response.status, text, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? "" };
}
