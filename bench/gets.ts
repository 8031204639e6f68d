/** A provider that answers each read by one GET of the user, and reads nothing of either: the plain loop, behind gRPC. */
import { serveAnswers } from "./answers.ts";
import { sender } from "./sender.ts";

const [, , answers = "", url = "", authorization = ""] = process.argv;
const send = sender(url, authorization);

serveAnswers(JSON.parse(answers), (_, id) => {
  const [groupId, userId] = id.split("/");
  return send({ method: "GET", path: `/user?userId=${userId}&groupId=${groupId}` });
});
