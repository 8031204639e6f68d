import { holdLawsOn } from "./support/laws.ts";

await holdLawsOn("reef");
