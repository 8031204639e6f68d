import { maskFields } from "./fields.ts";

/** Shorter values are not searched for: they would stand in half of all words. */
const SHORTEST = 4;

/** Forms of known secrets, by their first characters, so that thousands of them cost no more than one. */
type Index = Map<string, Set<string>>;

export interface Redactor {
  /** Makes a value known as secret: from now on it is masked wherever it stands, however it is encoded. */
  add(value: string): void;
  /** Masks known secrets, `more` of them, and the values of fields with a secret's name. */
  redact(text: string, more?: readonly string[]): string;
}

export function createRedactor(): Redactor {
  const known: Index = new Map();
  return {
    add: (value) => insert(known, value),
    redact(text, more = []) {
      const indexes = [known];
      if (more.length > 0) {
        const own: Index = new Map();
        for (const value of more) insert(own, value);
        indexes.push(own);
      }
      // values before fields: a field's mask could cut a value in two and hide only half of it
      return maskFields(maskValues(text, indexes));
    },
  };
}

function insert(index: Index, value: string): void {
  if (value.length < SHORTEST) return;
  for (const form of forms(value)) {
    const start = form.slice(0, SHORTEST);
    const others = index.get(start);
    if (others === undefined) index.set(start, new Set([form]));
    else others.add(form);
  }
}

function maskValues(text: string, indexes: readonly Index[]): string {
  if (indexes.every((index) => index.size === 0)) return text;
  let masked = "";
  let from = 0;
  for (let at = 0; at + SHORTEST <= text.length; ) {
    const length = longestAt(text, at, indexes);
    if (length === 0) {
      at++;
      continue;
    }
    masked += `${text.slice(from, at)}***`;
    at += length;
    from = at;
  }
  return masked + text.slice(from);
}

function longestAt(text: string, at: number, indexes: readonly Index[]): number {
  let longest = 0;
  const start = text.slice(at, at + SHORTEST);
  for (const index of indexes) {
    for (const form of index.get(start) ?? []) {
      if (form.length > longest && text.startsWith(form, at)) longest = form.length;
    }
  }
  return longest;
}

/** A value as servers write it: as it is, and escaped for URLs, forms, JSON, HTML and XML. */
function forms(value: string): Set<string> {
  const component = percentEncode(value, encodeURIComponent);
  const strict = component.replace(/[!'()*]/g, percent);
  const json = JSON.stringify(value).slice(1, -1);
  const markup = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = markup.replaceAll('"', "&quot;");
  return new Set([
    value,
    component,
    strict,
    lowerHex(component),
    lowerHex(strict),
    percentEncode(value, encodeURI),
    new URLSearchParams([["", value]]).toString().slice(1),
    json,
    json.replaceAll("/", "\\/"),
    json.replace(/[^ -~]/g, unicode),
    // in JSON that stands inside a JSON string
    JSON.stringify(json).slice(1, -1),
    markup,
    quoted,
    quoted.replaceAll("'", "&#39;"),
    quoted.replaceAll("'", "&#x27;"),
    quoted.replaceAll("'", "&apos;"),
  ]);
}

function percentEncode(value: string, encode: (value: string) => string): string {
  // by way of UTF-8, for half a surrogate pair cannot be encoded
  return encode(Buffer.from(value).toString());
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function lowerHex(encoded: string): string {
  return encoded.replace(/%[\dA-F]{2}/g, (hex) => hex.toLowerCase());
}
