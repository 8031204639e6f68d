import { cephCatalog } from "../../provider/ceph/index.ts";
import { holdLawsOn } from "./support/laws.ts";

await holdLawsOn("test/ceph/laws-tentacle.test.ts", "tentacle", cephCatalog.resources);
