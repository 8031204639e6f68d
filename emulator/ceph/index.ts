import { Pool } from "undici";
import { type Served, serve } from "../kit/serve.ts";
import type { Answer, Call, Vendor } from "../kit/types.ts";

export interface RadosgwProxyOptions {
  /** Where the radosgw is. */
  target: string;
  /** Hears each request with the body of its true answer: secrets that the radosgw made go by here. */
  onAnswer?(call: Call, body: string): void;
}

/**
 * A radosgw behind a door that can be told to fail. It emulates nothing, for the tests have real radosgw: each
 * request and each answer passes as it is, but for those that a fault strikes.
 */
export async function startRadosgwProxy({ target, onAnswer }: RadosgwProxyOptions): Promise<Served> {
  const radosgw = new Pool(target);

  async function pass(call: Call): Promise<Answer> {
    // What was delayed until after the end was never sent.
    if (radosgw.closed) return failure(call, 503);
    const response = await radosgw.request({
      method: call.method,
      path: call.rawQuery === "" ? call.path : `${call.path}?${call.rawQuery}`,
      // The host as the client named it: the signature covers it.
      headers: withoutHop(call.headers),
      body: call.body === "" ? null : call.body,
    });
    const body = await response.body.text();
    onAnswer?.(call, body);
    return { status: response.statusCode, headers: withoutHop(response.headers), body, passedOn: true };
  }

  const vendor: Vendor = {
    routes: methods.map((method) => ({ method, path: "*", handle: pass })),
    secretParameters: ["secret-key"],
    authenticate: () => undefined,
    failure,
    edit() {
      throw new Error("what a real radosgw holds is changed through its own API");
    },
  };
  const served = await serve(vendor, {});
  /** Waits until the radosgw has answered whatever it was sent, so that nothing appears afterwards. */
  const end = () => served.close().then(() => radosgw.close());
  let ended: Promise<void> | undefined;
  return {
    ...served,
    close() {
      ended ??= end();
      return ended;
    },
  };
}

const methods = ["GET", "HEAD", "PUT", "POST", "DELETE"] as const;

/** Of one connection, not of what goes over it. */
const hop = ["connection", "keep-alive", "transfer-encoding", "expect", "upgrade"];

function withoutHop(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hop.includes(name) ? [] : [[name, value]],
    ),
  );
}

/** Message is always empty (measured on 16.2.15 to 20.2.4). */
function failure(_: Call, status: number): Answer {
  const error = {
    Code: codes[status] ?? "UnknownError",
    Message: "",
    RequestId: "tx0-fault",
    HostId: "fault",
  };
  return { status, type: "application/json", body: JSON.stringify(error) };
}

const codes: Readonly<Record<number, string>> = {
  401: "AccessDenied",
  403: "AccessDenied",
  404: "NoSuchKey",
  429: "SlowDown",
  503: "SlowDown",
};
