import { unescapeMarkup } from "./fields.ts";

const LONGEST = 200;
/** How much of a body is looked at. */
const READ = 64 * 1024;
/** The longest that a secret may be written, where a body is cut: half of it would not be recognised. */
const MARGIN = 4 * 1024;

/** The beginning of a body in one line, without secrets; a page of HTML is reduced to its text. */
export function excerpt(body: string, redact: (text: string) => string): string {
  let text = shown(body.slice(0, READ), redact);
  // A secret at the end of the shorter part is masked in the longer one, and nothing from there on is shown.
  if (body.length > READ) text = commonStart(text, shown(body.slice(0, READ - MARGIN), redact));
  text = text.replace(/\s+/g, " ").trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function shown(part: string, redact: (text: string) => string): string {
  let text = redact(part);
  if (/^\s*<(?:!doctype\s+html|html|head|body)/i.test(text)) text = pageText(text);
  // redacted once more, for what could not be recognised between entities
  return text.includes("&") ? redact(unescapeMarkup(text)) : text;
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

function pageText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<[^>]*(?:>|$)/g, " ");
}
