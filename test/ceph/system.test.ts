import { expect, test } from "vitest";
import { createUser, deleteUser, getUser } from "../../provider/ceph/client/user.ts";
import { makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";

onEachRelease((radosgw) => {
  test("parameters arrive as they are, on Tentacle too, which decodes them twice", async () => {
    const uid = `${(await makeUser(radosgw())).uid}+%41 ä`;
    const odd = "a+b%41%zz% ä";
    const { api } = await sessionOn(radosgw());
    const query = { "display-name": odd, "access-key": uid, "secret-key": odd };
    expect(await createUser(api, uid, query, () => true)).toMatchObject({
      user_id: uid,
      display_name: odd,
      keys: [{ access_key: uid, secret_key: odd }],
    });
    expect(await getUser(api, uid)).toMatchObject({ display_name: odd });
    await deleteUser(api, uid, false);
    expect(await getUser(api, uid)).toBeUndefined();
  });

  test("what has nothing to be decoded again costs no request to ask", async () => {
    const { uid } = await makeUser(radosgw());
    const { api, requests } = await sessionOn(radosgw());
    await getUser(api, uid);
    expect(requests.map(({ query }) => query.uid)).toEqual([uid]);
  });
});
