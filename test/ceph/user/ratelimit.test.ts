import { expect, test } from "vitest";
import { User } from "../../../provider/ceph/user.ts";
import { unique } from "../../worlds/ceph/native.ts";
import { onEachRelease, sessionOn } from "../functions/kit.ts";
import { ask, encoded, must } from "../support/ask.ts";
import { userOn } from "./kit.ts";

const rateLimit = { maxReadOps: 600, maxWriteBytes: 2 ** 40 };

onEachRelease((radosgw, release) => {
  const isOld = release === "pacific";

  /** A user, and what the admin API itself says of its rate limit. */
  async function limited() {
    const user = await userOn(radosgw());
    const at = `/admin/ratelimit?ratelimit-scope=user&uid=${encoded(user.uid)}`;
    return {
      ...user,
      limit: async () =>
        ((await must(radosgw(), "GET", at)).json() as { user_ratelimit: object }).user_ratelimit,
      setLimit: (more: string) => must(radosgw(), "POST", `${at}&${more}`),
    };
  }

  test.skipIf(isOld)(
    "a rate limit is set with the user, repaired, changed, and read only while managed",
    async () => {
      const { up, drift, sent, limit, setLimit } = await limited();
      await up({ rateLimit });
      expect(sent()).toEqual(["GET /ratelimit?global", "PUT /user", "POST /ratelimit"]);
      const set = {
        enabled: true,
        max_read_ops: 600,
        max_write_ops: 0,
        max_read_bytes: 0,
        max_write_bytes: 2 ** 40,
      };
      expect(await limit()).toMatchObject(set);
      expect(await drift()).toEqual([]);
      expect(sent()).toEqual(["GET /ratelimit"]);

      await setLimit("max-read-ops=1&enabled=false");
      expect(await drift()).toEqual(["rateLimit.enabled", "rateLimit.maxReadOps"]);
      await up({ rateLimit });
      expect(await limit()).toMatchObject(set);
      sent();
      await up({ rateLimit, displayName: "Lady Ada" });
      expect(sent(), "what is as it should be is not sent").toEqual([
        "GET /ratelimit",
        "GET /ratelimit?global",
        "POST /user",
      ]);

      await up({ displayName: "Ada" });
      await setLimit("max-read-ops=7");
      sent();
      expect(await drift(), "it is others' now").toEqual([]);
      await up({ displayName: "Lady Ada" });
      expect(sent()).toEqual(["POST /user"]);
      expect(await limit()).toMatchObject({ max_read_ops: 7 });
      expect(await up({ displayName: "Lady Ada", rateLimit })).toBe("update");
      expect(await limit()).toMatchObject(set);
    },
  );

  test.skipIf(isOld)("an import shows it", async () => {
    const { up, import: take, state, plan } = await limited();
    await up({ rateLimit });
    await take();
    expect(state()?.inputs).toMatchObject({ rateLimit });
    expect(await plan({ rateLimit })).toEqual([]);
    expect(await plan(), "and a program that says nothing of it changes nothing").toEqual([]);
  });

  test.skipIf(isOld)("an import by an admin user who may not see it says so", async () => {
    const { up, uid } = await limited();
    await up({ keys: { main: {} }, rateLimit });
    const admin = await userOn(radosgw());
    await admin.up({ keys: { main: {} }, caps: { users: "*", zone: "read" } });
    const kit = await sessionOn({ ...radosgw(), ...admin.outputs().credentials.main });
    const engine = kit.engine(User);
    const imported = await engine.import(uid);
    expect(imported?.inputs).not.toHaveProperty("rateLimit");
    expect(kit.logs).toEqual([
      `warn: Ceph User "${uid}" is imported without its rate limit, which the admin user may not see: that takes the capability ratelimit=read`,
    ]);
    // Nor can it be managed then.
    const program = { uid, displayName: "Ada", keys: { main: {} }, rateLimit };
    await expect(engine.up(program)).rejects.toThrow("ratelimit=");
  });

  test.runIf(isOld)("a release without them is named, at preview and before anything is sent", async () => {
    const { up, uid, preview, sent, state, import: take } = await limited();
    const refusal = "rate limits need Ceph Reef (18) or later";
    await expect(preview({ uid, displayName: "Ada", rateLimit })).rejects.toThrow(refusal);
    await expect(up({ rateLimit })).rejects.toThrow(refusal);
    expect(state()).toBeUndefined();
    await up();
    await expect(up({ rateLimit })).rejects.toThrow(refusal);
    expect(sent().filter((each) => !each.startsWith("GET "))).toEqual(["PUT /user"]);
    await take();
    expect(state()?.inputs).not.toHaveProperty("rateLimit");
    expect((await ask(radosgw(), "GET", `/admin/user?uid=${encoded(uid)}`)).status).toBe(200);
  });

  test.skipIf(isOld)("the name of the user may need encoding here too", async () => {
    const { up, drift } = await userOn(radosgw(), { uid: `a b+%ü/${unique()}`, tenant: "ten" });
    await up({ rateLimit });
    expect(await drift()).toEqual([]);
  });
});
