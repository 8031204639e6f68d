import { unescapeMarkup } from "./fields.ts";

const LONGEST = 200;
/** How much of a body is looked at. */
const READ = 64 * 1024;
/** What is dropped from the end of a body that was cut, since half a secret there would not be recognised. */
const MARGIN = 4 * 1024;

/** The beginning of a body in one line, without secrets; a page of HTML is reduced to its text. */
export function excerpt(body: string, redact: (text: string) => string): string {
  let text = redact(body.slice(0, READ));
  if (body.length > READ) text = text.slice(0, -MARGIN);
  if (/^\s*<(?:!doctype\s+html|html|head|body)/i.test(text)) {
    // redacted once more, for what could not be recognised between entities
    text = redact(unescapeMarkup(pageText(text)));
  }
  text = text.replace(/\s+/g, " ").trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function pageText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<[^>]*(?:>|$)/g, " ");
}
