import type { Answer, Call } from "../kit/types.ts";

export function json(value: unknown): Answer {
  return { status: 200, type: "application/json;charset=UTF-8", body: JSON.stringify(value) };
}

export function text(value: string): Answer {
  return { status: 200, type: "text/plain;charset=UTF-8", body: value };
}

/** "There is no response payload" (6.5.3, 6.7.2). */
export function done(): Answer {
  return { status: 200 };
}

/** Most GET methods answer 204 for what is not there, and POST /user/password does too (14.23.5). */
export function nothing(): Answer {
  return { status: 204 };
}

/**
 * 1.3.2.2 allows text/html without a sample. This is the page of Jetty, whose words "Problem accessing /user"
 * the document quotes (14.26.4).
 */
export function refuse(call: Call, status: number, reason: string): Answer {
  const shown = escapeHtml(reason);
  const body = `<html>
<head>
<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
<title>Error ${status} ${shown}</title>
</head>
<body><h2>HTTP ERROR ${status}</h2>
<p>Problem accessing ${escapeHtml(call.path)}. Reason:
<pre>    ${shown}</pre></p>
</body>
</html>
`;
  return { status, type: "text/html;charset=utf-8", body };
}

/** 1.3.1, and what a proxy in front of the Admin Service may add. */
const commonReasons: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

export function failure(call: Call, status: number, reason?: string): Answer {
  const answer = refuse(call, status, reason ?? commonReasons[status] ?? "Error");
  if (status !== 401) return answer;
  return { ...answer, headers: { "www-authenticate": 'Basic realm="Cloudian Admin API"' } };
}

/** "Do not use an Accept header that excludes these content types" (1.3.2.1): to answer 406 is a choice. */
export function acceptable(call: Call, answer: Answer): Answer {
  const { accept = "*/*" } = call.headers;
  const [type = ""] = answer.type?.split(";") ?? [];
  const ranges = accept.split(",").map((range) => range.split(";")[0]?.trim());
  const isAccepted = ["*/*", `${type.split("/")[0]}/*`, type].some((range) => ranges.includes(range));
  return answer.status !== 200 || type === "" || isAccepted ? answer : failure(call, 406, "Not Acceptable");
}

function escapeHtml(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
