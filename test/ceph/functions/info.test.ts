import { expect, test } from "vitest";
import { getInfo } from "../../../provider/ceph/functions/info.ts";
import { makeUser, onEachRelease, sessionOn } from "./kit.ts";

onEachRelease((radosgw, release) => {
  const isThere = release !== "pacific";

  test.runIf(isThere)("tells which cluster it is", async () => {
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getInfo)).toEqual({
      storageBackends: [{ name: "rados", clusterId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    });
  });

  test.runIf(isThere)("a capability that is lacking is named", async () => {
    const { ask } = await sessionOn(await makeUser(radosgw()));
    await expect(ask(getInfo)).rejects.toThrow(/403.*lacks the capability info=read/);
  });

  test.skipIf(isThere)("says since which release there is any", async () => {
    const { ask } = await sessionOn(radosgw());
    await expect(ask(getInfo)).rejects.toThrow(
      /405: MethodNotAllowed: .*which Reef \(18\) and later releases have/,
    );
  });
});
