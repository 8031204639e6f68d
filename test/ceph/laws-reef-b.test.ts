import { everySecond } from "../laws/all.ts";
import { holdLawsOn } from "./support/laws.ts";

await holdLawsOn("test/ceph/laws-reef-b.test.ts", "reef", everySecond(1, "ceph"));
