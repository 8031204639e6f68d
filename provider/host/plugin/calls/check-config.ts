import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { checkConfig as check } from "../../../resource/config.ts";
import { decode, encode } from "../../wire.ts";
import type { Host } from "../host.ts";
import { failures } from "./check.ts";

/** What is wrong with what is given; a system of which nothing is given may come from the environment, or not be used. */
export async function checkConfig({ systems, session }: Host, request: provider.CheckRequest) {
  const news = decode(request.getNews());
  const configured = await systems(Object.keys(news));
  return new provider.CheckResponse()
    .setInputs(encode(news))
    .setFailuresList(failures(check(configured, news, session.env)));
}
