import { afterAll, beforeAll, describe } from "vitest";
import { cephCatalog } from "../../../provider/ceph/index.ts";
import { holdLaws } from "../../laws/all.ts";
import { cephOn } from "../../worlds/ceph/index.ts";
import { type Radosgw, type Release, startOwn, startRadosgw, whyNot } from "./radosgw.ts";

/** Every resource of Ceph under the laws, on a real radosgw of a release. */
export async function holdLawsOn(release: Release): Promise<void> {
  describe.skipIf(await whyNot(release))(`Ceph ${release}`, () => {
    let here: Radosgw;
    let elsewhere: Radosgw;
    beforeAll(async () => {
      [here, elsewhere] = await Promise.all([startRadosgw(release), startOwn(release)]);
    });
    afterAll(() => Promise.all([here.stop(), elsewhere.stop()]));
    holdLaws(
      cephCatalog.resources,
      cephOn(release, { here: async () => here, elsewhere: async () => elsewhere }),
    );
  });
}
