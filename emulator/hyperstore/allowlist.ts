import { isIP, isIPv4 } from "node:net";
import type { Answer, Call } from "../kit/types.ts";
import type { Context, DocumentedRoute } from "./context.ts";
import { fits, lacks, objectIn, type Shape } from "./request.ts";
import { done, json, nothing, refuse } from "./respond.ts";
import type { Allowlist } from "./state.ts";

/** "Non-editable" (2.2.4). */
const onlyId = "Default-WL";
const shape: Shape = { id: "string", list: "strings", name: "string", ratingPlanId: "string" };

/** The resource was called "whitelist" before 7.4, and by that name it still works (chapter 2). */
export function allowlistRoutes(context: Context): DocumentedRoute[] {
  const [major = 0, minor = 0] = context.version.split(".").map(Number);
  const isOld = major < 7 || (major === 7 && minor < 4);
  return [...routesOf(context, "whitelist"), ...(isOld ? [] : routesOf(context, "allowlist"))];
}

/** Of the old methods only the paths are documented: that their parameter was called by the old name too is a choice. */
function routesOf(context: Context, resource: "allowlist" | "whitelist"): DocumentedRoute[] {
  const [path, idName] = [`/${resource}`, `${resource}Id`];
  return [
    { method: "GET", path, query: [idName], handle: (call) => get(context, call, idName) },
    { method: "POST", path, query: [], handle: (call) => post(context, call) },
    {
      method: "POST",
      path: `${path}/list`,
      query: [idName, "list"],
      handle: (call) => postList(context, call, idName),
    },
  ];
}

// 2.1
function get({ state }: Context, call: Call, idName: string): Answer {
  if (lacks(call, idName)) return refuse(call, 400, `Missing required parameter : ${idName}`);
  return call.query[idName] === onlyId ? json({ id: onlyId, ...state.allowlist }) : nothing();
}

// 2.2. `list` is mandatory too (2.2.4), although the text for what is missing does not name it. A rating plan that
// does not exist is taken: no code is given for it.
function post({ state, laterAttributes }: Context, call: Call): Answer {
  const body = objectIn(call);
  if (!body || !fits(body, shape, laterAttributes)) return refuse(call, 400, "Invalid JSON object");
  const { id, ...allowlist } = body as Partial<Allowlist> & { id?: string };
  if (!id || !isComplete(allowlist))
    return refuse(call, 400, "Missing required attributes : {id, name, ratingPlanId}");
  if (id !== onlyId) return refuse(call, 400, "Allowlist does not exist");
  const wrong = allowlist.list.find((entry) => !isEntry(entry));
  if (wrong !== undefined) return refuse(call, 400, `Invalid IP Address or IPv4 Subnet CIDR: ${wrong}`);
  state.allowlist = allowlist;
  return done();
}

// 2.3
function postList({ state }: Context, call: Call, idName: string): Answer {
  if (lacks(call, idName, "list"))
    return refuse(call, 400, `Missing required attributes : {${idName}, list}`);
  if (call.query[idName] !== onlyId) return refuse(call, 400, "Allowlist does not exist");
  const list = (call.query.list ?? "").split(",");
  const wrong = list.find((entry) => !isEntry(entry));
  if (wrong !== undefined) return refuse(call, 400, `Invalid IP Address or IPv4 Subnet CIDR: ${wrong}`);
  state.allowlist.list = list;
  return done();
}

const isComplete = (allowlist: Partial<Allowlist>): allowlist is Allowlist =>
  allowlist.list !== undefined && Boolean(allowlist.name) && Boolean(allowlist.ratingPlanId);

/** An address of either family, or a subnet of IPv4 (2.2.4). That bits behind the mask are no error is a choice. */
function isEntry(entry: string): boolean {
  const [address = "", bits, ...rest] = entry.split("/");
  if (bits === undefined) return isIP(entry) !== 0;
  return rest.length === 0 && isIPv4(address) && /^(\d|[12]\d|3[0-2])$/.test(bits);
}
