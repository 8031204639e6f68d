import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { Change } from "../../../resource/diff.ts";
import { parsePath } from "../../../resource/path.ts";
import { decode } from "../../wire.ts";
import type { Host } from "../host.ts";
import { held } from "./held.ts";

const { Kind } = provider.PropertyDiff;
const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;

export async function diff(host: Host, request: provider.DiffRequest) {
  const urn = request.getUrn();
  const resource = await host.resource(urn);
  const { changes, deleteBeforeReplace } = resource.diff({
    ...held(request.getId(), request.getOldInputs(), request.getOlds()),
    urn,
    news: decode(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  });
  const response = new provider.DiffResponse()
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(topKeys(changes))
    .setReplacesList(topKeys(changes.filter(({ replace }) => replace)))
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const change of changes)
    response
      .getDetaileddiffMap()
      .set(change.property, new provider.PropertyDiff().setKind(kindOf(change)).setInputdiff(true));
  return response;
}

function kindOf({ kind, replace }: Change) {
  if (kind === "add") return replace ? Kind.ADD_REPLACE : Kind.ADD;
  if (kind === "delete") return replace ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replace ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

const topKeys = (changes: Change[]) => [
  ...new Set(changes.map(({ property }) => String(parsePath(property)[0] ?? ""))),
];
