import { catalog } from "./catalog.ts";
import { serve } from "./host/plugin/serve.ts";
import { version } from "./version.ts";

void serve(catalog, version);
