import { type Served, type ServeOptions, serve } from "../../kit/serve.ts";
import type { Call, Vendor } from "../../kit/types.ts";
import type { DocumentedRoute } from "../context.ts";
import { newCredential } from "../keys.ts";
import type { Credential, State, User } from "../state.ts";
import { findUser } from "../users.ts";
import { answer, type Doubts } from "./answer.ts";
import { failed } from "./xml.ts";

export interface IamOptions extends Doubts {
  port?: number;
}

export interface IamEndpoint {
  url: string;
  port: number;
  /** The key of an IAM user who may read all that the service offers. */
  accessKey: string;
  secretKey: string;
}

/** The IAM Service as far as it reads what the Admin API does (1.7): a listener of its own, with the same faults. */
export async function startIam(
  state: State,
  methods: readonly DocumentedRoute[],
  options: ServeOptions & IamOptions,
  shared: Pick<Served, "faults" | "requests">,
) {
  const handle = (call: Call) => answer(state, methods, options, call);
  const vendor: Vendor = {
    routes: [
      { method: "GET", path: "/", handle },
      { method: "POST", path: "/", writes: false, handle },
    ],
    secretParameters: ["Signature"],
    // A signature covers the body, which is not here yet: `answer` verifies it.
    authenticate: () => undefined,
    failure: (_, status, reason = "Failure") => failed(status, codes[status] ?? "ServiceFailure", reason),
    edit() {
      throw new Error("the Admin API's listener takes the edits");
    },
  };
  const key = auditorsKey(state);
  const settle = () => addAuditor(state, key);
  settle();
  const { url, port, close } = await serve(vendor, { ...options, control: false }, shared);
  const endpoint: IamEndpoint = { url, port, accessKey: key.accessKey, secretKey: key.secretKey };
  return { endpoint, settle, close };
}

const codes: Readonly<Record<number, string>> = {
  401: "InvalidClientTokenId",
  403: "AccessDenied",
  404: "NoSuchEntity",
  429: "Throttling",
  503: "ServiceUnavailable",
};

const auditor = "auditor";

/** A key to begin with: of an IAM user of the default administrator's. A saved state has it already. */
function auditorsKey(state: State): Credential {
  const known = [...state.credentials.values()].find(({ iamUser }) => iamUser === auditor);
  return known ?? { ...newCredential(adminOf(state).info.canonicalUserId), iamUser: auditor };
}

function addAuditor(state: State, key: Credential): void {
  const admin = adminOf(state);
  admin.iamUsers = [...new Set([...admin.iamUsers, auditor])];
  admin.iamPolicies = { ...admin.iamPolicies, [auditor]: ["admin:GetCloudian*"] };
  state.credentials.set(key.accessKey, key);
}

function adminOf(state: State): User {
  const admin = findUser(state, "0", "admin");
  if (!admin) throw new Error("the state has no default system administrator");
  return admin;
}
