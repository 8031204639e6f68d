import { HttpError, outcomeOf, type Place, requestError, type Subject } from "./errors.ts";
import type { Response } from "./types.ts";

export function makeResponse(
  place: Place,
  subject: Subject,
  status: number,
  headers: Record<string, string>,
  text: string,
): Response {
  const outcome = outcomeOf(status);
  return {
    status,
    headers,
    text,
    json<T>(): T {
      try {
        return JSON.parse(text);
      } catch {
        // not kept as the cause: its message quotes the text
        const problem = `answered ${status} with something that is no JSON (${described(headers, text)})`;
        throw requestError(place, subject, { reason: "not-json", outcome, problem, status }, text);
      }
    },
    error(detail) {
      const problem = `answered ${status}${detail === undefined ? "" : `: ${detail}`}`;
      return requestError(
        place,
        subject,
        { reason: "status", outcome, problem, status },
        detail === undefined ? text : undefined,
      );
    },
  };
}

/** The answer to a write of which an earlier attempt may have taken effect: a refusal then says nothing of that one. */
export const inDoubt = (response: Response): Response => ({
  ...response,
  error: (detail) => {
    const error = response.error(detail);
    return new HttpError(error.message, { ...error, outcome: "unknown" });
  },
});

function described(headers: Record<string, string>, text: string): string {
  if (text === "") return "an empty body";
  return `${headers["content-type"] ?? "no content type"}, ${text.length} characters`;
}
