import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { addHyperStore } from "./hyperstore/command.ts";

const program = new Command("tenantry-emulator")
  .description("Servers that behave like the administration APIs of S3 object stores, to test against.")
  .version(manifest.version)
  // A suggestion would stand on a line of its own.
  .configureOutput({ outputError: (text, write) => write(`${text.trimEnd().replaceAll("\n", " ")}\n`) });

addHyperStore(program);

program.parseAsync().catch((error: unknown) => {
  program.error(`error: ${error instanceof Error ? error.message : error}`);
});
