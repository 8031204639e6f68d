import { type Served, type ServeOptions, serve } from "../../../emulator/kit/serve.ts";
import { signerOf } from "../../../emulator/kit/sigv4.ts";
import type { Answer, Call, Vendor } from "../../../emulator/kit/types.ts";

/** What the admin user of it signs with. */
export const key = { accessKey: "little-admin", secretKey: "little secret/+=" };

export interface LittleOptions extends ServeOptions {
  /** `rgw_admin_entry` */
  entry?: string;
  /** In the order in which their pages come: that of a hash. */
  uids?: readonly string[];
}

/**
 * The little of a radosgw's admin API that is tried where no real one is needed: who it is, no users but their uids.
 * Its answers are those of 16.2.15 to 20.2.4, as measured.
 */
export function startLittle({ entry = "admin", uids = [], ...options }: LittleOptions = {}): Promise<Served> {
  const at = (path: string) => `/${entry}${path}`;
  const vendor: Vendor = {
    routes: [
      { method: "GET", path: at("/config"), handle: () => json({ id: "zone-1", realm_id: "realm-1" }) },
      { method: "GET", path: at("/user"), handle: () => error(404, "NoSuchUser") },
      { method: "DELETE", path: at("/user"), handle: () => error(404, "NoSuchUser") },
      { method: "GET", path: at("/metadata/user"), handle: (call) => json(pageOf(uids, call)) },
    ],
    secretParameters: ["secret-key"],
    authenticate(call) {
      const signer = signerOf(call, "s3", (name) => (name === key.accessKey ? key.secretKey : undefined));
      return "code" in signer ? error(403, signer.code) : undefined;
    },
    failure: (_, status) => error(status, "UnknownError"),
    edit() {
      throw new Error("nothing is kept here");
    },
  };
  return serve(vendor, options);
}

/** Every page but the last says where the next begins. One that says so may be the last all the same. */
function pageOf(uids: readonly string[], { query }: Call) {
  const most = Number(query["max-entries"] ?? 1000);
  const from = Number(query.marker ?? 0);
  const keys = uids.slice(from, from + most);
  const truncated = keys.length === most;
  return { keys, truncated, count: keys.length, ...(truncated && { marker: String(from + most) }) };
}

const json = (value: unknown): Answer => ({
  status: 200,
  type: "application/json",
  body: JSON.stringify(value),
});

const error = (status: number, code: string): Answer => ({
  ...json({ Code: code, Message: "", RequestId: "tx0", HostId: "little" }),
  status,
});
