import pb from "@pulumi/pulumi/proto/provider_pb.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { check } from "../../provider/host/plugin/calls/check.ts";
import { create } from "../../provider/host/plugin/calls/create.ts";
import { remove } from "../../provider/host/plugin/calls/delete.ts";
import { diff } from "../../provider/host/plugin/calls/diff.ts";
import { read } from "../../provider/host/plugin/calls/read.ts";
import { update } from "../../provider/host/plugin/calls/update.ts";
import type { Host } from "../../provider/host/plugin/host.ts";
import { decode, encode } from "../../provider/host/wire.ts";
import type { Change, ChangeKind } from "../../provider/resource/diff.ts";
import type { Lifecycle } from "../../provider/resource/requests.ts";
import type { Properties } from "../../provider/resource/value.ts";
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
const sentIfAny = (properties: Properties | undefined) => properties && sent(properties);

test("all that the engine says is heard, and all that comes of it is answered", () =>
  fc.assert(
    fc.asyncProperty(said, answered, async (given, answer) => {
      const { urn, id, timeout, preview, ignoreChanges } = given;
      const [news, inputs, outputs] = [given.news, given.inputs, given.outputs].map(
        (each) => each && encode(each),
      );
      const heard: Record<string, unknown> = {};
      const hears =
        <Request, Result>(name: string, result: Result) =>
        (request: Request) => {
          heard[name] = request;
          return result;
        };
      const { failures, changes, deleteBeforeReplace } = answer;
      const resource: Lifecycle = {
        check: hears("check", { inputs: answer.inputs, failures }),
        diff: hears("diff", { changes, deleteBeforeReplace }),
        create: hears("create", Promise.resolve({ id: answer.id, outputs: answer.outputs })),
        read: hears(
          "read",
          Promise.resolve({ id: answer.id, inputs: answer.inputs, outputs: answer.outputs }),
        ),
        update: hears("update", Promise.resolve(answer.outputs)),
        delete: hears("delete", Promise.resolve()),
      };
      const host = { resource: async () => resource } as Partial<Host> as Host;

      const checked = await check(host, new pb.CheckRequest().setUrn(urn).setOlds(inputs).setNews(news));
      const compared = await diff(
        host,
        new pb.DiffRequest()
          .setUrn(urn)
          .setId(id)
          .setOldInputs(inputs)
          .setOlds(outputs)
          .setNews(news)
          .setIgnorechangesList(ignoreChanges),
      );
      const made = await create(
        host,
        new pb.CreateRequest().setUrn(urn).setProperties(news).setPreview(preview).setTimeout(timeout),
      );
      const found = await read(
        host,
        new pb.ReadRequest()
          .setUrn(urn)
          .setId(id)
          .setInputs(inputs)
          .setProperties(outputs)
          .setTimeout(timeout),
      );
      const updated = await update(
        host,
        new pb.UpdateRequest()
          .setUrn(urn)
          .setId(id)
          .setOldInputs(inputs)
          .setOlds(outputs)
          .setNews(news)
          .setPreview(preview)
          .setTimeout(timeout)
          .setIgnorechangesList(ignoreChanges),
      );
      await remove(
        host,
        new pb.DeleteRequest()
          .setUrn(urn)
          .setId(id)
          .setOldInputs(inputs)
          .setProperties(outputs)
          .setTimeout(timeout),
      );

      const held = { urn, id, inputs: sentIfAny(given.inputs), outputs: sentIfAny(given.outputs) };
      expect(heard).toEqual({
        check: { urn, olds: sent(given.inputs ?? {}), news: sent(given.news) },
        diff: { ...held, news: sent(given.news), ignoreChanges },
        create: { urn, news: sent(given.news), preview, timeout },
        read: { ...held, timeout },
        update: { ...held, news: sent(given.news), preview, timeout, ignoreChanges },
        delete: { ...held, timeout },
      });

      const told = { inputs: sent(answer.inputs), outputs: sent(answer.outputs) };
      expect(decode(checked.getInputs())).toEqual(told.inputs);
      expect(checked.toObject().failuresList).toEqual(failures);
      expect(planOf(compared)).toEqual({ changes, deleteBeforeReplace });
      expect([made.getId(), decode(made.getProperties())]).toEqual([answer.id, told.outputs]);
      expect([found.getId(), decode(found.getInputs()), decode(found.getProperties())]).toEqual([
        answer.id,
        told.inputs,
        told.outputs,
      ]);
      expect(decode(updated.getProperties())).toEqual(told.outputs);
    }),
  ));

/** What the engine makes of an answer to Diff. */
function planOf(answer: pb.DiffResponse) {
  const { Kind } = pb.PropertyDiff;
  const kinds: Record<number, { kind: ChangeKind; replace: boolean }> = {
    [Kind.ADD]: { kind: "add", replace: false },
    [Kind.ADD_REPLACE]: { kind: "add", replace: true },
    [Kind.DELETE]: { kind: "delete", replace: false },
    [Kind.DELETE_REPLACE]: { kind: "delete", replace: true },
    [Kind.UPDATE]: { kind: "update", replace: false },
    [Kind.UPDATE_REPLACE]: { kind: "update", replace: true },
  };
  const changes: Change[] = [];
  answer.getDetaileddiffMap().forEach((change, property) => {
    const kind = kinds[change.getKind()];
    if (kind) changes.push({ property, ...kind });
  });
  const some = changes.length > 0;
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  expect(answer.getChanges()).toBe(some ? DIFF_SOME : DIFF_NONE);
  expect(answer.getDiffsList()).toEqual(changes.map(({ property }) => property));
  expect(answer.getReplacesList()).toEqual(
    changes.filter(({ replace }) => replace).map(({ property }) => property),
  );
  return { changes, deleteBeforeReplace: answer.getDeletebeforereplace() };
}
