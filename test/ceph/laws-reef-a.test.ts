import { everySecond } from "../laws/all.ts";
import { holdLawsOn } from "./support/laws.ts";

await holdLawsOn("test/ceph/laws-reef-a.test.ts", "reef", everySecond(0, "ceph"));
