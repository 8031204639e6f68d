import { expect, test } from "vitest";
import { createUser, deleteUser, getUser } from "../../provider/ceph/client/user.ts";
import { Quota } from "../../provider/ceph/quota.ts";
import { makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { must } from "./support/ask.ts";

onEachRelease((radosgw) => {
  test("a state that was written when the zone could not be read is still of this system", async () => {
    const admin = await makeUser(radosgw(), { query: "&user-caps=users%3D%2A" });
    const caps = (method: string, caps: string) =>
      must(radosgw(), method, `/admin/user?caps&uid=${admin.uid}&user-caps=${encodeURIComponent(caps)}`);
    const { engine } = await sessionOn(admin);
    const it = engine(Quota);
    const program = { uid: admin.uid, scope: "user", maxObjects: 5 };
    await it.up(program);
    expect(it.state()?.outputs.system).toMatch(/^http:/);
    await caps("PUT", "zone=read");
    expect(await it.refresh()).toEqual([]);
    expect(it.state()?.outputs.system).toMatch(/^zone /);
    await caps("DELETE", "zone=read");
    await expect(it.refresh()).rejects.toThrow(/may belong to another system: .* does not say/);
  });

  test("parameters arrive as they are, on Tentacle too, which decodes them twice", async () => {
    const { uid } = await makeUser(radosgw());
    const { api } = await sessionOn(radosgw());
    const odd = "a+b%41%zz% ä";
    const made = await createUser(
      api,
      `${uid}${odd}`,
      { "display-name": odd, "generate-key": false },
      () => true,
    );
    expect(made).toMatchObject({ user_id: `${uid}${odd}`, display_name: odd });
    expect(await getUser(api, `${uid}${odd}`)).toMatchObject({ display_name: odd });
    await deleteUser(api, `${uid}${odd}`, false);
    expect(await getUser(api, `${uid}${odd}`)).toBeUndefined();
  });
});
