/** A provider that does nothing. What it costs is what every provider on grpc-js and google-protobuf pays. */
import { serveAnswers } from "./answers.ts";

const [, , answers = ""] = process.argv;
serveAnswers(JSON.parse(answers));
