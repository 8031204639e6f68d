/**
 * A provider that makes the same HTTP requests and nothing else: no property is read, no answer parsed. One process
 * that does both costs more than two that do one each, which no provider can save: so this is what the plugin is held to.
 */
import { serveAnswers } from "./answers.ts";
import { groupCalls } from "./group.ts";
import { sender } from "./sender.ts";

const [, , answers = "", url = "", authorization = ""] = process.argv;
const send = sender(url, authorization);

serveAnswers(JSON.parse(answers), async (name, id) => {
  const call = groupCalls.find((each) => each.name === name);
  for (const request of call?.http(id) ?? []) await send(request);
});
