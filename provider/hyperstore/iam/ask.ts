import type { Http, Response } from "../../http/index.ts";
import { documentIn, type Elements, elementsOf } from "./xml.ts";

/** What an action answered: the elements beside its metadata, or the error that it was refused with. */
export type Asked = { elements: Elements; refused?: undefined } | { elements?: undefined; refused: Error };
type Parameters = Record<string, string | number | boolean | undefined>;
export type Ask = (action: string, parameters?: Parameters) => Promise<Asked>;

/** Two actions that the document spells in two ways (7.3.5 and 9.2.6, against 1.7.2). */
const otherSpellings: Readonly<Record<string, string>> = {
  GetCloudianMonitorNodeList: "GetCloudianMonitorNodelist",
  GetCloudianQosLimits: "GetCloudianQoSLimits",
};

/**
 * The IAM Service's actions that read (section 1.7). How it says that there is no such object is not documented, so
 * a refusal is the caller's to interpret, who has to find out in another way. What says nothing of an object is thrown.
 */
export const askOver =
  (http: Http): Ask =>
  async (action, parameters = {}) => {
    const first = await attempt(http, action, parameters);
    const other = otherSpellings[action];
    const answer = first.refused && other ? await attempt(http, other, parameters) : first;
    if (!answer.refused) return answer;
    if (first.saysNothing) throw first.refused;
    return first;
  };

async function attempt(
  http: Http,
  action: string,
  parameters: Parameters,
): Promise<Asked & { saysNothing?: boolean }> {
  const response = await http.send({
    method: "GET",
    path: "/",
    query: { Action: action, ...inUpperCamelCase(parameters) },
    headers: { accept: "application/xml, text/xml, */*;q=0.5" },
  });
  const { status, text } = response;
  if (status === 204) return { elements: {} };
  const document = await documentIn(text);
  const elements = elementsOf(document?.content);
  if (status === 200 && elements && document?.name.endsWith("Response") && !("Error" in elements)) {
    const { ResponseMetadata: _, ...content } = elements;
    return { elements: content };
  }
  const saysNothing = status < 400 || status === 401 || status === 403;
  return { refused: refusal(response, action, elements), saysNothing };
}

/** The Admin API's names, as this service wants them (section 1.7.1). */
const inUpperCamelCase = (parameters: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );

/** An answer that has not the form of what was asked for. */
export const strange = (action: string, what: string): Error =>
  new Error(`${action} answers ${what}, which the document does not foresee (section 1.7)`);

function refusal(response: Response, action: string, elements: Elements | undefined): Error {
  const { Code, Message } = elementsOf(elements?.Error) ?? {};
  if (typeof Code !== "string")
    return response.error(
      "this is no answer of HyperStore's IAM Service. Check hyperstoreIamEndpoint: it is usually https://NODE:16443, on a node of the default region",
    );
  const words = typeof Message === "string" ? Message.trim() : "";
  return response.error([`${Code.trim()} (${words})`, ...adviceOn(Code.trim(), action)].join(": "));
}

function adviceOn(code: string, action: string): string[] {
  switch (code) {
    case "AccessDenied": {
      const names = [action, otherSpellings[action]].filter((name) => name !== undefined);
      return [
        `the IAM user's policy must allow ${names.map((name) => `admin:${name}`).join(" and ")}, and its parent user must be a system administrator (section 1.7.3)`,
      ];
    }
    case "InvalidClientTokenId":
    case "InvalidAccessKeyId":
      return ["check hyperstoreReadOnlyAccessKey (HYPERSTORE_READ_ONLY_ACCESS_KEY)"];
    case "SignatureDoesNotMatch":
      return ["check hyperstoreReadOnlySecretKey (HYPERSTORE_READ_ONLY_SECRET_KEY)"];
    case "RequestExpired":
    case "RequestTimeTooSkewed":
      return ["check the clocks of both machines"];
    default:
      return [];
  }
}
