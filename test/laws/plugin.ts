import { Metadata } from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import rpc from "@pulumi/pulumi/proto/status_pb.js";
import { expect } from "vitest";
import { check } from "../../provider/host/plugin/calls/check.ts";
import { create } from "../../provider/host/plugin/calls/create.ts";
import { remove } from "../../provider/host/plugin/calls/delete.ts";
import { diff } from "../../provider/host/plugin/calls/diff.ts";
import { read } from "../../provider/host/plugin/calls/read.ts";
import { update } from "../../provider/host/plugin/calls/update.ts";
import { failureOf } from "../../provider/host/plugin/failure.ts";
import type { Host } from "../../provider/host/plugin/host.ts";
import { decode, encode } from "../../provider/host/wire.ts";
import type { Change } from "../../provider/resource/diff.ts";
import { PartialFailure } from "../../provider/resource/errors.ts";
import type { Held, Lifecycle } from "../../provider/resource/requests.ts";
import type { Calls } from "./engine.ts";

/** The calls of a resource as they reach the plugin: every request, answer and error is one of the protocol's messages. */
export function throughPlugin(calls: Lifecycle): Calls {
  const host = { resource: async () => calls } as unknown as Host;
  return {
    async check({ urn = "", olds, news }) {
      const request = new provider.CheckRequest().setUrn(urn).setNews(encode(news));
      if (olds) request.setOlds(encode(olds));
      const answer = sent(provider.CheckResponse, await heard(check(host, request)));
      const failures = answer
        .getFailuresList()
        .map((each) => ({ property: each.getProperty(), reason: each.getReason() }));
      return { inputs: decode(answer.getInputs()), failures };
    },

    async diff({ urn = "", news, ignoreChanges = [], ...held }) {
      const request = stated(new provider.DiffRequest().setUrn(urn).setNews(encode(news)), held);
      const answer = sent(
        provider.DiffResponse,
        await heard(diff(host, request.setIgnorechangesList([...ignoreChanges]))),
      );
      return { changes: changesIn(answer), deleteBeforeReplace: answer.getDeletebeforereplace() };
    },

    async create({ urn = "", news, preview = false, timeout = 0 }) {
      const request = new provider.CreateRequest().setUrn(urn).setProperties(encode(news));
      const answer = sent(
        provider.CreateResponse,
        await heard(create(host, request.setPreview(preview).setTimeout(timeout))),
      );
      return { id: answer.getId(), outputs: decode(answer.getProperties()) };
    },

    async read({ urn = "", timeout = 0, id, inputs, outputs }) {
      const request = new provider.ReadRequest().setUrn(urn).setId(id).setTimeout(timeout);
      if (inputs) request.setInputs(encode(inputs));
      if (outputs) request.setProperties(encode(outputs));
      const answer = sent(provider.ReadResponse, await heard(read(host, request)));
      if (answer.getId() === "") return undefined;
      return {
        id: answer.getId(),
        inputs: decode(answer.getInputs()),
        outputs: decode(answer.getProperties()),
      };
    },

    async update({ urn = "", news, preview = false, timeout = 0, ignoreChanges = [], ...held }) {
      const request = stated(new provider.UpdateRequest().setUrn(urn).setNews(encode(news)), held)
        .setPreview(preview)
        .setTimeout(timeout)
        .setIgnorechangesList([...ignoreChanges]);
      return decode(sent(provider.UpdateResponse, await heard(update(host, request))).getProperties());
    },

    async delete({ urn = "", timeout = 0, id, inputs, outputs }) {
      const request = new provider.DeleteRequest().setUrn(urn).setId(id).setTimeout(timeout);
      if (inputs) request.setOldInputs(encode(inputs));
      if (outputs) request.setProperties(encode(outputs));
      await heard(remove(host, request));
    },
  };
}

function stated<Request extends provider.DiffRequest | provider.UpdateRequest>(
  request: Request,
  { id, inputs, outputs }: Held,
): Request {
  request.setId(id);
  if (inputs) request.setOldInputs(encode(inputs));
  if (outputs) request.setOlds(encode(outputs));
  return request;
}

interface Message {
  serializeBinary(): Uint8Array;
}

/** A message as the other side has it. */
const sent = <Each extends Message>(type: { deserializeBinary(bytes: Uint8Array): Each }, message: Each) =>
  type.deserializeBinary(message.serializeBinary());

/** What the engine makes of an error: one that left something behind has the state in its details. */
async function heard<Answer>(answer: Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const { metadata = new Metadata() } = failureOf(error);
    const [bytes] = metadata.get("grpc-status-details-bin");
    if (!(bytes instanceof Buffer)) throw error;
    const [any] = rpc.Status.deserializeBinary(bytes).getDetailsList();
    const left = provider.ErrorResourceInitFailed.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
    expect(left.getRefreshBeforeUpdate(), "what is half-made is read before it is updated").toBe(true);
    const state = { inputs: decode(left.getInputs()), outputs: decode(left.getProperties()) };
    const [reason = ""] = left.getReasonsList();
    throw new PartialFailure(left.getId(), state, new Error(reason, { cause: error }));
  }
}

const { Kind } = provider.PropertyDiff;
const kinds: Record<number, Pick<Change, "kind" | "replace">> = {
  [Kind.ADD]: { kind: "add", replace: false },
  [Kind.ADD_REPLACE]: { kind: "add", replace: true },
  [Kind.DELETE]: { kind: "delete", replace: false },
  [Kind.DELETE_REPLACE]: { kind: "delete", replace: true },
  [Kind.UPDATE]: { kind: "update", replace: false },
  [Kind.UPDATE_REPLACE]: { kind: "update", replace: true },
};

/** The detailed diff; the engine decides by the plain lists beside it, so they must say the same. */
function changesIn(answer: provider.DiffResponse): Change[] {
  const details: [string, provider.PropertyDiff][] = [];
  answer.getDetaileddiffMap().forEach((each, path) => {
    details.push([path, each]);
  });
  const changes = details.map(([property, each]) => ({ property, ...kinds[each.getKind()] }) as Change);
  const tops = (of: Change[]) =>
    [...new Set(of.map(({ property }) => /^[^.[]*/.exec(property)?.[0] ?? ""))].sort();
  const replacing = changes.filter(({ replace }) => replace);
  expect(answer.getReplacesList().toSorted(), "what replaces").toEqual(tops(replacing));
  expect(answer.getDiffsList().toSorted(), "what differs").toEqual(tops(changes));
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
  expect(answer.getChanges(), "whether anything differs").toBe(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  return changes;
}
