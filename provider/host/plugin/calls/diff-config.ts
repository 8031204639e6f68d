import { isDeepStrictEqual } from "node:util";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { decode } from "../../wire.ts";
import type { Host } from "../host.ts";

/** Never a replacement: a new endpoint or password is another way to the same objects, as the fingerprint then verifies. */
export function diffConfig(_host: Host, request: provider.DiffRequest) {
  const olds = decode(request.getOldInputs() ?? request.getOlds());
  const news = decode(request.getNews());
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const changed = keys.filter((key) => key !== "version" && !isDeepStrictEqual(olds[key], news[key]));
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  return new provider.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changed);
}
