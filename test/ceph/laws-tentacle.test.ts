import { holdLawsOn } from "./support/laws.ts";

await holdLawsOn("tentacle");
