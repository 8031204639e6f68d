import { cephCatalog } from "../../provider/ceph/index.ts";
import { holdLawsOn } from "./support/laws.ts";

await holdLawsOn("test/ceph/laws-pacific.test.ts", "pacific", cephCatalog.resources);
