import { onTestFinished } from "vitest";
import type { Bucket } from "../../../emulator/hyperstore/cluster.ts";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import {
  type HyperStoreEmulator,
  type HyperStoreOptions,
  startHyperStore,
} from "../../../emulator/hyperstore/index.ts";

export interface Reply {
  status: number;
  type: string;
  text: string;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test asserts on is the test's business
  json(): any;
}

interface Requested {
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export type Send = (method: string, path: string, requested?: Requested) => Promise<Reply>;

/** An emulator that ends with the test, and a way to call it as its administrator. */
export async function start(options: HyperStoreOptions = {}): Promise<HyperStoreEmulator & { send: Send }> {
  const emulator = await startHyperStore(options);
  onTestFinished(() => emulator.close());
  return Object.assign(emulator, { send: sender(emulator) });
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

export function sender({ url, user, password }: HyperStoreEmulator): Send {
  return async (method, path, { query = {}, body, headers = {}, signal } = {}) => {
    const parameters = new URLSearchParams(query).toString();
    const response = await fetch(`${url}${path}${parameters && `?${parameters}`}`, {
      method,
      headers: {
        authorization: basic(user, password),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      text,
      headers: response.headers,
      json: () => JSON.parse(text),
    };
  };
}

export const john = { userId: "John", groupId: "QA", userType: "User", fileEndpoints: "" };
export const johnsAddress = { userId: "John", groupId: "QA" };

/** The group QA and in it John, with no credential unless the options say so. */
export async function withJohn(options: HyperStoreOptions = {}) {
  const emulator = await start({ initialCredential: false, ...options });
  await emulator.send("PUT", "/group", { body: { groupId: "QA" } });
  const created = await emulator.send("PUT", "/user", { body: john });
  return { ...emulator, canonicalUserId: created.json().canonicalUserId as string };
}

/** Gives a bucket to a user, John unless another one is named. */
export function giveBucket(
  { state }: Pick<HyperStoreEmulator, "state">,
  bucketName: string,
  bucket: Partial<Bucket> = {},
  owner: { userId: string; groupId: string } = johnsAddress,
): void {
  edit(state, { action: "giveBucket", ...owner, bucketName });
  edit(state, { action: "changeBucket", bucketName, bucket });
}

/** The reason in an HTML error page. */
export function reason({ text }: Reply): string {
  return /<title>Error \d+ (.*)<\/title>/.exec(text)?.[1] ?? `no error page: ${text}`;
}

/** What a test of a refusal compares. */
export function outcome(reply: Reply): string {
  return `${reply.status} ${reply.status < 400 ? reply.text : reason(reply)}`;
}
