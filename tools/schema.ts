/** Writes schema.json, from which the SDKs and the registry's documentation are generated. `tools/schema.ts [FILE]` */
import { writeFileSync } from "node:fs";
import { catalog } from "../provider/catalog.ts";
import { packageSchema } from "../provider/host/schema.ts";
import { version } from "../provider/version.ts";

writeFileSync(
  process.argv[2] ?? "schema.json",
  `${JSON.stringify(packageSchema(catalog, version), null, 2)}\n`,
);
