import { inspect } from "node:util";
import fc from "fast-check";
import { test } from "vitest";
import { createRedactor, type HttpError } from "../../provider/http/index.ts";
import { makeResponse } from "../../provider/http/response.ts";
import {
  carriers,
  decimal,
  entity,
  everyEntity,
  expectNoPiece,
  hex,
  named,
  secret,
  spellings,
} from "./secrets.ts";

/** No long piece of a secret stands in an error, however a server writes it and wherever its answer is cut. */

const shown = (error: HttpError): string =>
  [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })].join(
    "\n",
  );

/** The error of an answer with this body, where a secret is known, or stands in the request. */
function errorOf(body: string, known = "", request = {}): HttpError {
  const redactor = createRedactor();
  redactor.add(known);
  const place = { system: "System", origin: "http://host", redactor };
  const subject = { method: "GET", target: "/path", body: undefined, ...request };
  return makeResponse(place, subject, 400, {}, body).error();
}

const page = (text: string) =>
  `<!DOCTYPE html><html><head><title>no</title></head><body><p>${text}</p></body></html>`;

/** Blanks are one in an excerpt, so that it begins with whatever comes after them, at any place of a body. */
const blanks = fc.oneof(
  { weight: 2, arbitrary: fc.nat(190) },
  ...[64, 60].map((kilo) => ({
    weight: 1,
    arbitrary: fc.integer({ min: kilo * 1024 - 300, max: kilo * 1024 + 10 }),
  })),
);
const body = fc.record({
  before: blanks,
  after: fc.oneof(fc.nat(300), fc.constant(10_000)),
  inPage: fc.boolean(),
});
type Body = typeof body extends fc.Arbitrary<infer B> ? B : never;

const written = ({ before, after, inPage }: Body, text: string): string => {
  const whole = `${" ".repeat(before)}${text}${" ab".repeat(after / 3)}`;
  return inPage ? page(whole) : whole;
};

test("of a secret that is known, however it is written", () => {
  fc.assert(
    fc.property(secret, fc.constantFrom(...Object.values(spellings)), body, (value, spell, around) => {
      expectNoPiece(shown(errorOf(written(around, `no ${spell(value)} .`), value)), value);
    }),
    { numRuns: 200 },
  );
});

test("of a secret that its field's name tells, in whatever carries it", () => {
  const entities = fc.constantFrom(
    (text: string) => text,
    named,
    entity(decimal),
    entity(hex),
    everyEntity(hex),
  );
  fc.assert(
    fc.property(
      secret,
      fc.constantFrom(...Object.values(carriers)),
      entities,
      body,
      (value, carry, inEntities, around) => {
        // A page has what it shows between entities, and a carrier of its own that is no markup.
        const text = around.inPage ? inEntities(carry(value)) : carry(value);
        expectNoPiece(shown(errorOf(written(around, text))), value);
      },
    ),
    { numRuns: 200 },
  );
});

test("of a secret of the request, however the answer repeats it", () => {
  const requests = fc.constantFrom<(value: string) => object>(
    (value) => ({ target: `/x?password=${encodeURIComponent(value)}&b=2` }),
    ...["json", "form", "xml"].map((name) => (value: string) => ({
      body: carriers[name]?.(value),
    })),
  );
  fc.assert(
    fc.property(
      secret,
      requests,
      fc.constantFrom(...Object.values(spellings)),
      body,
      (value, ask, spell, around) => {
        const answer = written(around, `no ${spell(value)} .`);
        expectNoPiece(shown(errorOf(answer, "", ask(value))), value);
      },
    ),
    { numRuns: 200 },
  );
});
