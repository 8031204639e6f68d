/** Writes schema.json, from which the SDKs and the registry's documentation are generated. `tools/schema.ts [FILE]` */
import { writeFileSync } from "node:fs";
import { vendors } from "../provider/catalog.ts";
import { packageSchema } from "../provider/host/schema.ts";
import { wholeCatalog } from "../provider/resource/vendors.ts";
import { version } from "../provider/version.ts";

writeFileSync(
  process.argv[2] ?? "schema.json",
  `${JSON.stringify(packageSchema(await wholeCatalog(vendors), version), null, 2)}\n`,
);
