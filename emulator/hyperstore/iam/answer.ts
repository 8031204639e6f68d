import { hasSignatureV2, signerByV2, withoutSignatureV2 } from "../../kit/sigv2.ts";
import { signerOf } from "../../kit/sigv4.ts";
import type { Answer, Call } from "../../kit/types.ts";
import type { DocumentedRoute } from "../context.ts";
import type { State } from "../state.ts";
import { type Action, actions, tableSpellings } from "./actions.ts";
import { mayDo, requesterOf } from "./permission.ts";
import { element, failed, success } from "./xml.ts";

/** Where the document is silent, or contradicts itself. */
export interface Doubts {
  /** How the service says that there is no such object: Amazon's way unless told otherwise. */
  absent?: "NoSuchEntity" | "204" | "empty";
  /** Whether two actions go by their names in 1.7.2, or by those of their own sections: by both unless told otherwise. */
  tableSpelling?: boolean;
}

type Query = Record<string, string>;

/** Each action is answered by the Admin API's own method (1.7.2), in XML. */
export function answer(
  state: State,
  methods: readonly DocumentedRoute[],
  doubts: Doubts,
  call: Call,
): Answer {
  // "It doesn't matter which you use" (1.7.1).
  const form = call.method === "POST" ? Object.fromEntries(new URLSearchParams(call.body)) : {};
  const sent = { ...call.query, ...form };
  const secretKeyOf = (accessKey: string) => state.credentials.get(accessKey)?.secretKey;
  // "Amazon-compliant Signature v2 or v4" (1.7.1).
  const signer = hasSignatureV2(sent)
    ? signerByV2(call, sent, secretKeyOf)
    : signerOf(call, "iam", secretKeyOf);
  if ("code" in signer) return failed(signer.status, signer.code, signer.message);
  const requester = requesterOf(state, signer.accessKey);
  if (!requester) return failed(403, "InvalidClientTokenId", "The access key is inactive");

  const { Action: name = "", Version: _, ...parameters } = withoutSignatureV2(sent);
  const action = actionCalled(name, doubts);
  if (!action) return failed(400, "InvalidAction", `Could not find operation ${name}`);
  const query = queryOf(parameters);
  if (!query || (action.path === "/billing" && (query.userId ?? query.groupId) !== undefined))
    return failed(400, "ValidationError", "A parameter is not supported, or begins with a lower case letter");
  if (!mayDo(state, requester, name, action, query))
    return failed(403, "AccessDenied", `The user is not authorized to perform: admin:${name}`);

  const method = methods.find((each) => each.method === "GET" && each.path === action.path);
  if (!method) throw new Error(`the Admin API lacks GET ${action.path}`);
  const rawQuery = new URLSearchParams(query).toString();
  const asked = { method: "GET", path: action.path, query, rawQuery, parameters: {}, headers: {}, body: "" };
  return inXml(name, action, method.handle(asked), doubts);
}

function actionCalled(name: string, { tableSpelling }: Doubts): Action | undefined {
  return Object.entries(actions).find(([own]) => {
    const inTable = tableSpellings[own] ?? own;
    return (tableSpelling !== true && own === name) || (tableSpelling !== false && inTable === name);
  })?.[1];
}

/** "Upper camel case" names (1.7.1) as the Admin API has them; undefined where one is not. */
function queryOf(parameters: Query): Query | undefined {
  const entries = Object.entries(parameters);
  if (!entries.every(([name]) => /^[A-Z]/.test(name))) return undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
}

function inXml(
  name: string,
  action: Action,
  { status, type = "", body = "" }: Answer,
  doubts: Doubts,
): Answer {
  if (status === 204) return nothing(name, action, doubts);
  if (status !== 200) {
    const reason = /<title>Error \d+ (.*)<\/title>/.exec(body)?.[1] ?? "";
    return /does not exist/.test(reason)
      ? failed(404, "NoSuchEntity", reason)
      : failed(400, "ValidationError", reason);
  }
  return success(name, contentOf(action, type.startsWith("application/json") ? JSON.parse(body) : body));
}

// A list without rows is an empty list: a choice, as Amazon's lists are.
function nothing(name: string, action: Action, { absent }: Doubts): Answer {
  if (absent === "204") return { status: 204 };
  if (absent === "empty" || action.wrapper) return success(name, contentOf(action, []));
  return failed(404, "NoSuchEntity", "There is no such object");
}

function contentOf({ element: elementName, wrapper }: Action, value: unknown): string {
  const shown = Array.isArray(value) ? value.map(withoutSecrets) : withoutSecrets(value);
  if (elementName === "CassandraUserInfo") return rows(wrapper, elementName, [shown].flat().map(asCassandra));
  // The samples of plain texts have lines of their own for them (7.3.5, 11.14.4).
  if (elementName === "String")
    return [shown]
      .flat()
      .map((text) => element("String", `\n${text}\n`))
      .join("");
  return rows(wrapper, elementName, shown);
}

const rows = (wrapper: string | undefined, name: string, value: unknown): string =>
  wrapper ? element(wrapper, { [name]: value }) : element(name, value);

/** "The secretKey is not included in the response" (14.6.6, 14.7.7, 14.8.7). */
function withoutSecrets(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { secretKey: _, ...others } = value as Query;
  return others;
}

/** A user's `active` has other words than a group's (14.5.7); the one for an inactive user is a choice. */
const asCassandra = (user: unknown) => {
  const { active, ...others } = user as Query;
  return { active: active === "true" ? "Active" : "Inactive", ...others };
};
