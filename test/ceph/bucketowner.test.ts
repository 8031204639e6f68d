import { expect, test } from "vitest";
import { BucketOwner } from "../../provider/ceph/bucketowner.ts";
import type { BucketInfo } from "../../provider/ceph/client/wire.ts";
import { makeBucket, makeUser, onEachRelease, sessionOn } from "./functions/kit.ts";
import { makeAccount } from "./support/account.ts";
import { ask, encoded, must } from "./support/ask.ts";

onEachRelease((radosgw, release) => {
  async function ownerOf(bucket: string) {
    const answer = await must(radosgw(), "GET", `/admin/bucket?bucket=${encoded(bucket)}`);
    return (answer.json() as BucketInfo).owner;
  }
  async function withBucket() {
    const [first, second] = [await makeUser(radosgw()), await makeUser(radosgw())];
    const bucket = await makeBucket(first);
    const world = await sessionOn(radosgw());
    return { ...world, first, second, bucket, it: world.engine(BucketOwner) };
  }

  test("a bucket goes to another user, and comes back", async () => {
    const { first, second, bucket, it } = await withBucket();
    await must(first, "PUT", `/${bucket}/object`, "hello");
    await it.up({ bucket, uid: second.uid });
    expect(await ownerOf(bucket)).toBe(second.uid);
    await must(second, "PUT", `/${bucket}/another`, "hello");
    // As docs/ceph.md says, with what to do about it.
    expect((await ask(second, "GET", `/${bucket}/object`)).status, "objects keep their access rules").toBe(
      403,
    );
    expect((await ask(first, "GET", `/${bucket}/object`)).status).toBe(200);
    await it.destroy();
    expect(await ownerOf(bucket)).toBe(first.uid);
  });

  test("a user of another tenant is refused: radosgw would rename the bucket over that tenant's own", async () => {
    const { bucket, it, first } = await withBucket();
    const stranger = await makeUser(radosgw(), { tenant: "ten" });
    const refusal = /must be a user without a tenant, as the bucket is/;
    await expect(it.up({ bucket, uid: stranger.uid })).rejects.toThrow(refusal);
    await expect(it.up({ bucket: `ten/${bucket}`, uid: first.uid })).rejects.toThrow(
      /must be a user of tenant \\"ten\\"/,
    );
    expect(await ownerOf(bucket)).toBe(first.uid);
  });

  test("of 404 NoSuchKey it is told what is missing", async () => {
    const { bucket, it, second } = await withBucket();
    await expect(it.up({ bucket, uid: "nobody" })).rejects.toThrow(
      `Ceph BucketOwner "${bucket}" cannot be linked to user "nobody": there is no such user`,
    );
    await expect(it.up({ bucket: "no-such-bucket", uid: second.uid })).rejects.toThrow("does not exist");
  });

  test("where the earlier owner is gone, the bucket stays whose it is, and keep ends the resource", async () => {
    const { first, second, bucket, it } = await withBucket();
    await it.up({ bucket, uid: second.uid });
    await must(radosgw(), "DELETE", `/admin/user?uid=${first.uid}`);
    await expect(it.destroy()).rejects.toThrow(
      `cannot be linked to user "${first.uid}": there is no such user. If this is the one to be restored, set onDelete to keep first`,
    );
    await it.up({ bucket, uid: second.uid, onDelete: "keep" });
    await it.destroy();
    expect(await ownerOf(bucket)).toBe(second.uid);
  });

  test.runIf(release === "tentacle")(
    "what an account owns stays with it, and its users own nothing",
    async () => {
      const { bucket, it, first, engine } = await withBucket();
      const { root, id } = await makeAccount(radosgw());
      const theirs = await makeBucket(root);
      await expect(
        engine(BucketOwner, { name: "theirs" }).up({ bucket: theirs, uid: first.uid }),
      ).rejects.toThrow(`the bucket belongs to account ${id}`);
      expect(await ownerOf(theirs)).toBe(id);
      await expect(it.up({ bucket, uid: root.uid })).rejects.toThrow(
        `InvalidArgument: if user "${root.uid}" belongs to an account, only the account can own buckets`,
      );
      expect(await ownerOf(bucket)).toBe(first.uid);
    },
  );
});
