import fc from "fast-check";
import { expect } from "vitest";

/** Unlike any other text here, so that a piece of it is known at sight. */
export const secret = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(..."GHJKQVWXYZ79") },
      { weight: 2, arbitrary: fc.constantFrom(..."&<>\"'/+=%!*()\\ ~:;,?#@é日🙂") },
    ),
    { minLength: 12, maxLength: 60 },
  )
  .map((pieces) => pieces.join("").trim())
  .filter((text) => text.length >= 12 && /[GHJKQVWXYZ79].*[GHJKQVWXYZ79]/.test(text));

export const entity = (how: (code: number) => string) => (value: string) =>
  [...value].map((each) => (/\w/.test(each) ? each : how(each.codePointAt(0) ?? 0))).join("");
export const everyEntity = (how: (code: number) => string) => (value: string) =>
  [...value].map((each) => how(each.codePointAt(0) ?? 0)).join("");
export const decimal = (code: number) => `&#${code};`;
export const hex = (code: number) => `&#x${code.toString(16)};`;
export const named = (value: string) =>
  value.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "&apos;",
  );

/** How a server writes a value that it knows. */
export const spellings: Record<string, (value: string) => string> = {
  raw: (value) => value,
  json: (value) => JSON.stringify(value).slice(1, -1),
  "json in json": (value) => JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1),
  url: encodeURIComponent,
  form: (value) => new URLSearchParams([["", value]]).toString().slice(1),
  "decimal entities": entity(decimal),
  "hex entities": entity(hex),
  "decimal entities alone": everyEntity(decimal),
  "hex entities alone": everyEntity(hex),
  "named entities": named,
};
/** How a field is written whose name says that it is secret. */
export const carriers: Record<string, (value: string) => string> = {
  json: (value) => JSON.stringify({ a: 1, secretKey: value, b: 2 }),
  "json in json": (value) => JSON.stringify({ message: JSON.stringify({ a: 1, password: value }) }),
  form: (value) => `a=1&${new URLSearchParams({ secret_key: value })}&b=2`,
  query: (value) => `asked for /x?a=1&secret-key=${encodeURIComponent(value)}&b=2`,
  xml: (value) => `<A><SecretAccessKey>${named(value)}</SecretAccessKey><B>1</B></A>`,
  header: (value) => `X-Auth-Token: ${value.replace(/[<"]/g, "")}\r\nHost: host`,
  userinfo: (value) => `sent to https://me:${encodeURIComponent(value)}@host/x`,
};

/** Every run of so many characters of the secret, as it is and as it may be written. */
const PIECE = 10;
export function expectNoPiece(text: string, value: string): void {
  for (const spell of Object.values(spellings)) {
    const written = spell(value);
    for (let at = 0; at + PIECE <= written.length; at++) {
      const piece = written.slice(at, at + PIECE);
      if (/[GHJKQVWXYZ79]{2}/.test(piece)) expect(text).not.toContain(piece);
    }
  }
}
