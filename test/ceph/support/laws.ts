import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cephCatalog } from "../../../provider/ceph/index.ts";
import { holdLaws } from "../../laws/all.ts";
import { inWorld } from "../../laws/rig.ts";
import { subjectOf } from "../../laws/subject.ts";
import { cephOn, sinceOf } from "../../worlds/ceph/index.ts";
import { type Radosgw, type Release, releases, startOwn, startRadosgw, whyNot } from "./radosgw.ts";

/**
 * Every resource of Ceph under the laws, on a real radosgw of a release. The names of the tests are what
 * tools/rgw/table.ts makes the table in docs/ceph.md of.
 */
export async function holdLawsOn(release: Release): Promise<void> {
  describe.skipIf(await whyNot(release))(release, () => {
    let here: Radosgw;
    let elsewhere: Radosgw;
    beforeAll(async () => {
      [here, elsewhere] = await Promise.all([startRadosgw(release), startOwn(release)]);
    });
    afterAll(() => Promise.all([here?.stop(), elsewhere?.stop()]));
    const homeland = cephOn(release, { here: async () => here, elsewhere: async () => elsewhere });

    const isPossible = (token: string) => releases.indexOf(sinceOf(token)) <= releases.indexOf(release);
    const { resources } = cephCatalog;
    holdLaws(
      `test/ceph/laws-${release}.test.ts`,
      resources.filter(({ token }) => isPossible(token)),
      homeland,
    );
    for (const definition of resources.filter(({ token }) => !isPossible(token)))
      describe(definition.token, () => {
        const since = sinceOf(definition.token);
        test(`from ${since} on: refused when it is planned, and when it is made`, () =>
          isRefused(subjectOf(definition, homeland), since));
      });
  });
}

async function isRefused(subject: ReturnType<typeof subjectOf>, since: Release): Promise<void> {
  const reason = new RegExp(since, "i");
  const [program = {}] = fc.sample(subject.programs, 1);
  await inWorld(subject, async (rig) => {
    await expect(rig.preview(program)).rejects.toThrow(reason);
    await expect(rig.up(program)).rejects.toThrow(reason);
    expect(rig.state()).toBeUndefined();
    expect(rig.world.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });
}
