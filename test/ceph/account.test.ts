import { expect, onTestFinished, test } from "vitest";
import { Account } from "../../provider/ceph/account.ts";
import type { AccountInfo } from "../../provider/ceph/client/wire.ts";
import { unique } from "../worlds/ceph/native.ts";
import { makeBucket, onEachRelease, sessionOn } from "./functions/kit.ts";
import { makeAccount } from "./support/account.ts";
import { ask, must } from "./support/ask.ts";

onEachRelease((radosgw, release) => {
  const isThere = release === "tentacle";
  const look = async (id: string) =>
    (await must(radosgw(), "GET", `/admin/account?id=${id}`)).json() as AccountInfo;

  /** An engine whose account goes with the test. */
  async function withAccounts() {
    const world = await sessionOn(radosgw());
    const engine = (name = "it") => {
      const it = world.engine(Account, { name });
      onTestFinished(async () => {
        const { id } = it.state() ?? {};
        if (id) await ask(radosgw(), "DELETE", `/admin/account?id=${id}`);
      });
      return it;
    };
    return { ...world, engine, it: engine(), name: `account ${unique()}` };
  }

  test.runIf(!isThere)("there is none before Tentacle, which is said before anything is made", async () => {
    const { engine, requests } = await sessionOn(radosgw());
    const it = engine(Account);
    const reason = "accounts need Ceph Tentacle (20) or later, and this cluster answers 405 MethodNotAllowed";
    await expect(it.preview({ name: "physics" })).rejects.toThrow(reason);
    await expect(it.up({ name: "physics" })).rejects.toThrow(reason);
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test.runIf(isThere)("everything arrives, in one request and one for each quota", async () => {
    const { it, name, requests } = await withAccounts();
    const limits = { maxUsers: 0, maxRoles: -1, maxGroups: 3, maxAccessKeys: 2, maxBuckets: -1 };
    const quota = { maxSizeBytes: 2 ** 31 - 1, maxObjects: 0 };
    const email = `${unique()}@Example.com`;
    await it.up({ name, tenant: "ten", email, ...limits, quota, bucketQuota: { enabled: false } });
    const id = it.state()?.id ?? "";
    expect(id).toMatch(/^RGW\d{17}$/);
    expect(await look(id)).toMatchObject({ name, tenant: "ten", email, max_users: 0, max_roles: -1 });
    expect(await look(id)).toMatchObject({ max_groups: 3, max_access_keys: 2, max_buckets: -1 });
    expect(await look(id)).toMatchObject({ quota: { enabled: true, max_size: 2 ** 31 - 1, max_objects: 0 } });
    const sent = requests.filter(({ method }) => method !== "GET").map(({ method }) => method);
    // The quota of buckets is as it is at first already.
    expect(sent).toEqual(["POST", "PUT"]);
  });

  test.runIf(isThere)(
    "a name makes one account, whoever is asked twice, and another after it was renamed",
    async () => {
      const { it, engine, name } = await withAccounts();
      await it.up({ name });
      const first = it.state()?.id ?? "";
      await expect(engine("twin").up({ name })).rejects.toThrow(
        `pulumi import tenantry:ceph:Account twin '${first}'`,
      );
      await it.up({ name: `${name} renamed` });
      expect(it.state()?.id).toBe(first);
      const second = engine("second");
      await second.up({ name });
      expect(second.state()?.id).toMatch(/^RGW\d{17}$/);
      expect(second.state()?.id).not.toBe(first);
      await expect(it.up({ name })).rejects.toThrow(
        `Ceph Account "${name}": 409 AccountAlreadyExists: another account has the name`,
      );
    },
  );

  test.runIf(isThere)("an id that is given is taken, unless the name has another one", async () => {
    const { it, engine, name } = await withAccounts();
    const accountId = `RGW${String(process.hrtime.bigint() % 10n ** 17n).padStart(17, "0")}`;
    await it.up({ name, accountId });
    expect(it.state()?.id).toBe(accountId);
    const other = `RGW${accountId.slice(3).split("").reverse().join("")}`;
    await expect(engine("other").up({ name, accountId: other })).rejects.toThrow(
      `Ceph Account "${other}" is not made, because Ceph account "${name}" is ${accountId}`,
    );
    await expect(engine("other").up({ name, accountId: "RGW1" })).rejects.toThrow(
      "must be RGW and 17 digits",
    );
  });

  test.runIf(isThere)("an e-mail address is no two accounts', in whatever case", async () => {
    const { it, engine, name } = await withAccounts();
    const email = `${unique()}@example.com`;
    await it.up({ name, email });
    const other = engine("other");
    const refusal = `another account has the name, or the e-mail address ${email.toUpperCase()}`;
    await expect(other.up({ name: `${name} 2`, email: email.toUpperCase() })).rejects.toThrow(refusal);
    await other.up({ name: `${name} 2` });
    await expect(other.up({ name: `${name} 2`, email: email.toUpperCase() })).rejects.toThrow(refusal);
  });

  test.runIf(isThere)(
    "a quota that radosgw would cut to 32 bits is not sent, but may be named where it is so",
    async () => {
      const { it, name, requests } = await withAccounts();
      const quota = { maxSizeBytes: 5_000_000_000 };
      await expect(it.up({ name, quota })).rejects.toThrow(
        "quota is not set, because the call keeps only 32 bits of a limit above 2147483647",
      );
      expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
      await it.up({ name });
      const id = it.state()?.id ?? "";
      await expect(it.up({ name, quota })).rejects.toThrow(
        `radosgw-admin quota set --quota-scope=account --account-id=${id}`,
      );
      // As radosgw-admin does.
      const path = `/admin/metadata/account?key=${id}`;
      const entry = (await must(radosgw(), "GET", path)).json() as { data: AccountInfo };
      Object.assign(entry.data.quota, { enabled: true, max_size: quota.maxSizeBytes });
      await must(radosgw(), "PUT", path, JSON.stringify(entry));
      await it.up({ name, quota, maxUsers: 9 });
      expect(await look(id)).toMatchObject({
        max_users: 9,
        quota: { enabled: true, max_size: 5_000_000_000 },
      });
      expect(await it.refresh()).toEqual([]);
    },
  );

  test.runIf(isThere)("one with users or buckets is not deleted, and what is there is told", async () => {
    const { id, root, name } = await makeAccount(radosgw());
    const bucket = await makeBucket(root);
    const { it } = await withAccounts();
    await it.import(id);
    const shown = `radosgw-admin user list --account-id=${id} and radosgw-admin bucket list --account-id=${id} show them`;
    const failure = await it.destroy().catch((error: Error) => error.message);
    expect(failure).toContain("BucketNotEmpty: The account cannot be deleted until all users are removed: ");
    expect(failure).toContain(shown);
    await must(radosgw(), "DELETE", `/admin/user?uid=${root.uid}`);
    await expect(it.destroy()).rejects.toThrow(
      `BucketAlreadyExists: The account cannot be deleted until all buckets are removed: remove them first: ${shown}`,
    );
    await must(radosgw(), "DELETE", `/admin/bucket?bucket=${bucket}`);
    await it.destroy();
    expect((await ask(radosgw(), "GET", `/admin/account?name=${name}`)).status).toBe(404);
  });

  test.runIf(isThere)(
    "an import shows name, address and quotas, and leaves the cluster's choices out",
    async () => {
      const { id, name } = await makeAccount(radosgw());
      const { engine } = await sessionOn(radosgw());
      const imported = await engine(Account).import(id);
      const unlimited = { enabled: false };
      expect(imported?.inputs).toEqual({ name, quota: unlimited, bucketQuota: unlimited });
      expect(imported?.outputs).toMatchObject({ accountId: id, maxUsers: 1000, maxAccessKeys: 4 });
    },
  );
});
