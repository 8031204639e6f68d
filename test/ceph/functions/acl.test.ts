import { expect, test } from "vitest";
import { getBucketPolicy, getObjectPolicy } from "../../../provider/ceph/functions/acl.ts";
import { type Access, encoded, must } from "../support/ask.ts";
import { makeBucket, makeUser, onEachRelease, sessionOn } from "./kit.ts";

const grant = (kind: string, whom: string, permission: string) =>
  `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${kind}">${whom}</Grantee><Permission>${permission}</Permission></Grant>`;
const aclOf = (owner: string, ...grants: string[]) =>
  `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>${owner}</ID></Owner><AccessControlList>${grants.join("")}</AccessControlList></AccessControlPolicy>`;
const group = (name: string) => `<URI>http://acs.amazonaws.com/groups/global/${name}</URI>`;

onEachRelease((radosgw) => {
  const full = ({ uid, name }: { uid: string; name: string }) => ({
    type: "user",
    id: uid,
    displayName: name,
    permissions: ["FULL_CONTROL"],
  });

  test.each(["", "ten"])('a bucket of tenant "%s" tells its access control list', async (tenant) => {
    const owner = await makeUser(radosgw(), { tenant });
    const other = await makeUser(radosgw());
    const name = await makeBucket(owner);
    const acl = aclOf(
      owner.uid,
      grant("CanonicalUser", `<ID>${owner.uid}</ID>`, "FULL_CONTROL"),
      grant("CanonicalUser", `<ID>${other.uid}</ID>`, "WRITE"),
      grant("CanonicalUser", `<ID>${other.uid}</ID>`, "READ_ACP"),
      grant("Group", group("AllUsers"), "READ"),
      grant("Group", group("AuthenticatedUsers"), "WRITE_ACP"),
    );
    await must(owner, "PUT", `/${name}?acl`, acl);
    const { ask } = await sessionOn(radosgw());
    const bucket = tenant === "" ? name : `${tenant}/${name}`;
    const answer = await ask(getBucketPolicy, { bucket });
    expect(answer).toEqual({
      owner: owner.uid,
      ownerDisplayName: owner.name,
      grants: expect.arrayContaining([
        full(owner),
        { type: "user", id: other.uid, displayName: other.name, permissions: ["WRITE"] },
        { type: "user", id: other.uid, displayName: other.name, permissions: ["READ_ACP"] },
        { type: "group", group: "AllUsers", permissions: ["READ"] },
        { type: "group", group: "AuthenticatedUsers", permissions: ["WRITE_ACP"] },
      ]),
    });
    expect(answer.grants).toHaveLength(5);
  });

  test("a bucket policy of S3 is no part of it", async () => {
    const owner = await makeUser(radosgw());
    const bucket = await makeBucket(owner);
    const statement = {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${bucket}/*`,
    };
    await must(
      owner,
      "PUT",
      `/${bucket}?policy`,
      JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    );
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getBucketPolicy, { bucket })).toMatchObject({ grants: [full(owner)] });
  });

  test("what Swift grants to referers is told", async () => {
    const owner = await makeUser(radosgw());
    const bucket = await makeBucket(owner);
    await readableBy(radosgw(), owner.uid, bucket, ".r:example.com,.r:-bad.example.com,.rlistings");
    const { ask } = await sessionOn(radosgw());
    const { grants } = await ask(getBucketPolicy, { bucket });
    expect(grants).toHaveLength(4);
    expect(grants).toEqual(
      expect.arrayContaining([
        { type: "referer", referer: "example.com", permissions: ["READ_OBJS"] },
        { type: "referer", referer: "bad.example.com", permissions: [] },
        { type: "user", id: ".rlistings", permissions: ["READ_OBJS"] },
        full(owner),
      ]),
    );
  });

  test.each(["object", "a folder/ä+b%41&c=d?e"])("an object tells its own: %s", async (object) => {
    const owner = await makeUser(radosgw());
    const bucket = await makeBucket(owner);
    const path = `/${bucket}/${object.split("/").map(encoded).join("/")}`;
    await must(owner, "PUT", path, "hello");
    const { ask } = await sessionOn(radosgw());
    expect(await ask(getObjectPolicy, { bucket, object })).toEqual({
      owner: owner.uid,
      ownerDisplayName: owner.name,
      grants: [full(owner)],
    });
    await must(owner, "PUT", `${path}?acl`, aclOf(owner.uid, grant("Group", group("AllUsers"), "READ")));
    expect(await ask(getObjectPolicy, { bucket, object })).toMatchObject({
      grants: [{ type: "group", group: "AllUsers", permissions: ["READ"] }],
    });
    expect(await ask(getBucketPolicy, { bucket })).toMatchObject({ grants: [full(owner)] });
  });

  test("what is not there is an error", async () => {
    const owner = await makeUser(radosgw());
    const bucket = await makeBucket(owner);
    const { ask } = await sessionOn(radosgw());
    await expect(ask(getBucketPolicy, { bucket: "none" })).rejects.toThrow('there is no bucket "none"');
    for (const args of [
      { bucket, object: "none" },
      { bucket: "none", object: "none" },
    ])
      await expect(ask(getObjectPolicy, args)).rejects.toThrow(
        `there is no object "none" in bucket "${args.bucket}", or no such bucket`,
      );
  });
});

/** Makes a container readable through the Swift API, with a subuser of its own. */
async function readableBy(radosgw: Access, uid: string, container: string, whom: string): Promise<void> {
  await must(
    radosgw,
    "PUT",
    `/admin/user?uid=${uid}&subuser=swift&access=full&secret-key=swift-secret&key-type=swift`,
  );
  const login = await fetch(`${radosgw.endpoint}/auth/v1.0`, {
    headers: { "X-Auth-User": `${uid}:swift`, "X-Auth-Key": "swift-secret" },
  });
  const response = await fetch(`${radosgw.endpoint}/swift/v1/${container}`, {
    method: "POST",
    headers: { "X-Auth-Token": login.headers.get("X-Auth-Token") ?? "", "X-Container-Read": whom },
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
