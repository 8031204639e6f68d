import { vendors } from "../../provider/catalog.ts";
import { wholeCatalog } from "../../provider/resource/vendors.ts";
import { type Radosgw, startRadosgw } from "../ceph/support/radosgw.ts";
import { cephOn } from "../worlds/ceph/index.ts";
import { writeStates } from "./states.ts";
import { subjectOf } from "./subject.ts";

// Run for each release, once its version is set, or for the resources that are new in it:
// npx tsx test/laws/write-states.ts [tenantry:hyperstore:Group …]
const wanted = process.argv.slice(2);
const { resources: all } = await wholeCatalog(vendors);
const resources = all.filter(({ token }) => wanted.length === 0 || wanted.includes(token));

let radosgw: Promise<Radosgw> | undefined;
/** The newest has every resource. */
const tentacle = (): Promise<Radosgw> => {
  radosgw ??= startRadosgw("tentacle");
  return radosgw;
};
const ceph = cephOn("tentacle", { here: tentacle, elsewhere: tentacle });
for (const definition of resources)
  console.log(
    await writeStates(subjectOf(definition, definition.connect.name === "ceph" ? ceph : undefined)),
  );
await (await radosgw)?.stop();
