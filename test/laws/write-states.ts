import { catalog } from "../../provider/catalog.ts";
import { writeStates } from "./states.ts";
import { subjectOf } from "./subject.ts";

// Run for each release, once its version is set: npx tsx test/laws/write-states.ts
for (const definition of catalog.resources) console.log(await writeStates(subjectOf(definition)));
