import { expect, test } from "vitest";
import { createUser, deleteUser, getUser } from "../../provider/ceph/client/user.ts";
import { Quota } from "../../provider/ceph/quota.ts";
import { makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";

onEachRelease((radosgw) => {
  test("a key that may not read the zone is refused, and told what it lacks", async () => {
    const admin = await makeUser(radosgw(), { query: "&user-caps=users%3D%2A" });
    const { engine } = await sessionOn(admin);
    const program = { uid: admin.uid, scope: "user", maxObjects: 5 };
    await expect(engine(Quota).up(program)).rejects.toThrow(/needs the capability zone=read/);
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
