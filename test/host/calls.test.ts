import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "../../provider/host/wire.ts";
import type { ChangeKind } from "../../provider/resource/diff.ts";
import type { Lifecycle } from "../../provider/resource/requests.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { throughPlugin } from "../laws/plugin.ts";
import { anyProperties } from "./wire-arbitrary.ts";

/** No call drops a word of the engine's on its way to the lifecycle, or of the lifecycle's on its way back. */

const properties = ["groupId", "list", "tags"];
const property = fc.constantFrom(...properties);
const changeKind = fc.constantFrom<ChangeKind>("add", "delete", "update");
const said = fc.record({
  urn: fc.constantFrom("urn:pulumi:s::p::t:m:R::one", "urn:pulumi:s::p::t:m:R::two"),
  id: fc.string({ minLength: 1 }).map((id) => id.toWellFormed()),
  news: anyProperties,
  // An import knows neither.
  inputs: fc.option(anyProperties, { nil: undefined }),
  outputs: fc.option(anyProperties, { nil: undefined }),
  timeout: fc.integer({ min: 1, max: 100_000 }),
  preview: fc.boolean(),
  ignoreChanges: fc.array(property),
});
const answered = fc.record({
  id: fc.string({ minLength: 1 }).map((id) => id.toWellFormed()),
  inputs: anyProperties,
  outputs: anyProperties,
  failures: fc.array(fc.record({ property, reason: fc.constantFrom("must be so", "is required") })),
  // In the order of their names, which is that of a message's map.
  changes: fc
    .subarray(properties)
    .chain((changed) =>
      fc.tuple(
        ...changed.map((property) =>
          fc.record({ property: fc.constant(property), kind: changeKind, replace: fc.boolean() }),
        ),
      ),
    ),
  deleteBeforeReplace: fc.boolean(),
});

/** As the wire has it. */
const sent = (properties: Properties) => decode(encode(properties));

test("all that the engine says is heard, and all that comes of it is answered", () =>
  fc.assert(
    fc.asyncProperty(said, answered, async (given, answer) => {
      const { urn, id, news, inputs, outputs, timeout, preview, ignoreChanges } = given;
      const { failures, changes, deleteBeforeReplace } = answer;
      const heard: Record<string, unknown> = {};
      const hears =
        <Request, Result>(name: string, result: Result) =>
        (request: Request) => {
          heard[name] = request;
          return result;
        };
      const state = { id: answer.id, inputs: answer.inputs, outputs: answer.outputs };
      const calls = throughPlugin({
        check: hears("check", { inputs: answer.inputs, failures }),
        diff: hears("diff", { changes, deleteBeforeReplace }),
        create: hears("create", Promise.resolve({ id: answer.id, outputs: answer.outputs })),
        read: hears("read", Promise.resolve(state)),
        update: hears("update", Promise.resolve(answer.outputs)),
        delete: hears("delete", Promise.resolve()),
      } satisfies Lifecycle);
      const held = { urn, id, inputs, outputs };

      const told = { id: answer.id, inputs: sent(answer.inputs), outputs: sent(answer.outputs) };
      expect(await calls.check({ urn, olds: inputs, news })).toEqual({ inputs: told.inputs, failures });
      expect(await calls.diff({ ...held, news, ignoreChanges })).toEqual({ changes, deleteBeforeReplace });
      expect(await calls.create({ urn, news, preview, timeout })).toEqual({
        id: told.id,
        outputs: told.outputs,
      });
      expect(await calls.read({ ...held, timeout })).toEqual(told);
      const updated = await calls.update({ ...held, news, preview, timeout, ignoreChanges });
      expect(updated).toEqual(told.outputs);
      await calls.delete({ ...held, timeout });

      const was = { urn, id, inputs: inputs && sent(inputs), outputs: outputs && sent(outputs) };
      expect(heard).toEqual({
        check: { urn, olds: sent(inputs ?? {}), news: sent(news) },
        diff: { ...was, news: sent(news), ignoreChanges },
        create: { urn, news: sent(news), preview, timeout },
        read: { ...was, timeout },
        update: { ...was, news: sent(news), preview, timeout, ignoreChanges },
        delete: { ...was, timeout },
      });
    }),
  ));
