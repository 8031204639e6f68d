import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { vendors } from "./catalog.ts";
import { serve } from "./host/plugin/serve.ts";
import { version } from "./version.ts";

// The build puts it beside the plugin.
const schema = () => readFile(join(import.meta.dirname, "schema.json"), "utf8");

void serve({ vendors, version, schema });
