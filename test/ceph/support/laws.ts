import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Resource } from "../../../provider/resource/definition.ts";
import { holdLaws, holdLawsThroughPlugin } from "../../laws/all.ts";
import { isDeep } from "../../laws/depth.ts";
import { inWorld } from "../../laws/rig.ts";
import { subjectOf } from "../../laws/subject.ts";
import { cephOn, sinceOf } from "../../worlds/ceph/index.ts";
import { type Radosgw, type Release, releases, startOwn, startRadosgw, whyNot } from "./radosgw.ts";

/** Where not all is looked at, this one holds all laws, and each other one those of the resources that differ there. */
const usual: Release = "reef";
const differing: Partial<Record<Release, string[]>> = {
  // A write that lost against another one is a 500 there.
  pacific: ["User"],
  // It decodes parameters twice, answers a lost write with 409, and has accounts.
  tentacle: ["User", "Account"],
};

function isHeld(token: string, release: Release): boolean {
  return isDeep || release === usual || differing[release]?.includes(token.split(":").at(-1) ?? "") === true;
}

/**
 * The resources of Ceph under the laws, on a real radosgw of a release. The names of the tests are what
 * tools/rgw/table.ts makes the table in docs/ceph.md of.
 */
export async function holdLawsOn(file: string, release: Release, resources: readonly Resource[]) {
  describe.skipIf(await whyNot(release))(release, () => {
    let here: Radosgw;
    let elsewhere: Radosgw;
    beforeAll(async () => {
      [here, elsewhere] = await Promise.all([startRadosgw(release), startOwn(release)]);
    });
    afterAll(() => Promise.all([here?.stop(), elsewhere?.stop()]));
    const homeland = cephOn(release, { here: async () => here, elsewhere: async () => elsewhere });

    const isPossible = (token: string) => releases.indexOf(sinceOf(token)) <= releases.indexOf(release);
    holdLaws(
      file,
      resources.filter(({ token }) => isPossible(token) && isHeld(token, release)),
      homeland,
    );
    for (const definition of resources)
      if (release === usual && definition.token === "tenantry:ceph:Key")
        holdLawsThroughPlugin(file, definition, homeland);
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
