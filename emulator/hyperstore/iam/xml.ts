import { randomUUID } from "node:crypto";
import type { Answer } from "../../kit/types.ts";

const namespace = "https://iam.amazonaws.com/doc/2010-05-08/";

/** Numbers in JSON, dates in XML: the document shows it of `expiration` (11.10.2, 11.10.5), of the others it is a choice. */
const dates = ["expiration", "issued", "createDate", "expireDate", "startCal", "endCal"];

/** An answer as the samples have it. The document's sample of a version ends with another tag than it begins with (11.14.4). */
export function success(action: string, content: string): Answer {
  const end = action === "GetCloudianSystemVersion" ? "GetSystemVersionResponse" : `${action}Response`;
  return xml(
    200,
    `<${action}Response xmlns="${namespace}">
  <ResponseMetadata>
    <RequestId>${randomUUID()}</RequestId>
  </ResponseMetadata>
${content}</${end}>`,
  );
}

/** The document shows no error: this is the form of Amazon's IAM API, with which the service is "compliant" (1.7.1). */
export function failed(status: number, code: string, message: string): Answer {
  return xml(
    status,
    `<ErrorResponse xmlns="${namespace}">
  <Error>
    <Type>${status < 500 ? "Sender" : "Receiver"}</Type>
    <Code>${code}</Code>
    <Message>${escapeText(message)}</Message>
  </Error>
  <RequestId>${randomUUID()}</RequestId>
</ErrorResponse>`,
  );
}

function xml(status: number, body: string): Answer {
  return {
    status,
    type: "text/xml;charset=UTF-8",
    body: `<?xml version="1.0" encoding="utf-8"?>\n${body}\n`,
  };
}

/** A value of JSON as an element: rows of a list side by side, and nothing at all for what is null. */
export function element(name: string, value: unknown, indent = "  "): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((each) => element(name, each, indent)).join("");
  if (typeof value !== "object") return `${indent}<${name}>${escapeText(textOf(name, value))}</${name}>\n`;
  const content = Object.entries(value).map(([key, each]) => element(key, each, `${indent}  `));
  return `${indent}<${name}>\n${content.join("")}${indent}</${name}>\n`;
}

function textOf(name: string, value: unknown): string {
  if (!dates.includes(name) || typeof value !== "number") return String(value);
  const sevenHours = 7 * 3600_000;
  return new Date(value - sevenHours).toISOString().replace("Z", "-07:00");
}

function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}
