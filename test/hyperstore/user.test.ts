import { describe, expect, test } from "vitest";
import { edit } from "../../emulator/hyperstore/edit.ts";
import { findUser } from "../../emulator/hyperstore/users.ts";
import { setPassword } from "../../provider/hyperstore/password.ts";
import { hyperstore } from "../../provider/hyperstore/system.ts";
import { User } from "../../provider/hyperstore/user.ts";
import { check } from "../../provider/resource/check.ts";
import { type Properties, Secret } from "../../provider/resource/value.ts";
import { withSession } from "./kit.ts";

const address = { groupId: "QA", userId: "Jane" };
const password = "P1a2s3s4!";
const other = "N1e2w3w4 ü+/=&";

/** Jane, made by a program with these inputs more, and what a test looks at. */
async function withJane(program: Properties = {}, options = {}) {
  const kit = await withSession({ deletionDelayMs: 20, ...options });
  const { requests, state: system } = kit;
  const { up, ...it } = kit.engine(User);
  const run = (inputs: Properties) => up({ ...address, ...inputs });
  await run(program);
  /** What was sent since, but for what most calls begin with. */
  const sent = () => {
    const lines = requests.splice(0).map(({ method, path }) => `${method} ${path}`);
    return lines.filter((line) => line !== "GET /user" && line !== "GET /system/license");
  };
  sent();
  return {
    ...kit,
    run,
    sent,
    saved: it.state,
    destroy: it.destroy,
    /** The paths that a refresh shows. */
    async drift() {
      const changes = await it.refresh();
      return changes === "gone" ? changes : changes.map(({ property }) => property);
    },
    jane() {
      const user = findUser(system, "QA", "Jane");
      if (!user) throw new Error("there is no Jane");
      return user;
    },
    happen: (action: "lockUser" | "expirePassword" | "removeBuckets") => edit(system, { action, ...address }),
    give: (...names: string[]) => {
      for (const bucketName of names) edit(system, { action: "giveBucket", ...address, bucketName });
    },
  };
}

describe("password", () => {
  const classes = "must have a lower-case letter, an upper-case letter, a digit and a special character";
  test.each([
    ["8 characters", "P1a2s3s!", "must have at least 9 characters"],
    ["65 characters", `Aa1!${"x".repeat(61)}`, "must have at most 64 characters"],
    ["no lower-case letter", "P1A2S3S4!", classes],
    ["no upper-case letter", "p1a2s3s4!", classes],
    ["no digit", "Password!", classes],
    ["no special character", "P1a2s3s4x", classes],
  ])("%s is refused before anything is sent (14.23.2)", (_, value, reason) => {
    const { failures } = check(User.inputs, { ...address, password: value });
    expect(failures).toEqual([{ property: "password", reason }]);
  });

  test.each([password, other, `Aa1!${"x".repeat(60)}`])(
    "%s is set, and secret in the state",
    async (value) => {
      const { jane, saved } = await withJane({ password: value });
      expect(jane().password).toBe(value);
      expect(saved()?.outputs.password).toEqual(new Secret(value));
    },
  );

  test("another one costs one request, and none leaves it as it is", async () => {
    const { run, sent, jane } = await withJane({ password });
    expect(await run({ password: other })).toBe("update");
    expect(sent()).toEqual(["POST /user/password"]);
    expect(await run({})).toBe("same");
    expect(jane().password).toBe(other);
  });

  test("of a user who is gone is an error, although the answer is a 2xx (14.23.5)", async () => {
    const { session } = await withSession();
    const api = session.connection(hyperstore).client(session.scope(undefined, undefined), "write");
    await expect(setPassword(api, address, password)).rejects.toThrow(
      'user "QA/Jane" is no longer there: its password cannot be set',
    );
  });

  test("that was taken before its answer was lost is not refused for being used again", async () => {
    const { run, faults, sent, jane } = await withJane({}, { passwordReuse: false });
    faults.add({ kind: "reset-after", match: { path: "/user/password" } });
    expect(await run({ password })).toBe("update");
    expect(sent()).toEqual([
      "POST /user/password",
      "POST /user/password",
      "GET /user/islocked",
      "GET /user/password/verify",
    ]);
    expect(jane().password).toBe(password);
  });

  test("drift of it is not looked for by default", async () => {
    const { drift, sent, jane } = await withJane({ password });
    jane().password = other;
    expect(await drift()).toEqual([]);
    expect(sent()).toEqual([]);
  });
});

describe("verifyPassword", () => {
  test("needs a password", () => {
    expect(check(User.inputs, { ...address, verifyPassword: true }).failures).toEqual([
      { property: "verifyPassword", reason: "needs the password to verify" },
    ]);
  });

  test("shows that somebody has set another password, and sets it again", async () => {
    const { run, drift, sent, jane } = await withJane({ password, verifyPassword: true });
    expect(await drift()).toEqual([]);
    jane().password = other;
    sent();
    expect(await drift()).toEqual(["verifyPassword"]);
    expect(sent()).toEqual(["GET /user/islocked", "GET /user/password/verify"]);
    expect(await run({ password, verifyPassword: true })).toBe("update");
    expect(jane().password).toBe(password);
    expect(await drift()).toEqual([]);
  });

  test("shows an expired password, which a system with rules on reuse wants to be another", async () => {
    const { run, drift, happen, saved } = await withJane(
      { password, verifyPassword: true },
      { passwordReuse: false },
    );
    happen("expirePassword");
    expect(await drift()).toEqual(["verifyPassword"]);
    await expect(run({ password, verifyPassword: true })).rejects.toThrow(
      /does not take the password of user "QA\/Jane"\. It is the one that has expired: give the user another\. .*common\.user\.password\.\*.*answered 400: .*Password was used before/,
    );
    expect(saved()?.outputs.unfinished).toEqual(["password"]);
    expect(await run({ password: other, verifyPassword: true })).toBe("update");
    expect(await drift()).toEqual([]);
  });

  test("sends no password for a locked user, whose password cannot be valid (14.12.3)", async () => {
    const { drift, sent, happen } = await withJane({ password, verifyPassword: true });
    happen("lockUser");
    expect(await drift()).toEqual([]);
    expect(sent()).toEqual(["GET /user/islocked"]);
  });

  test.each([{ active: false }, { ldapEnabled: true }])("nor for a user with %j", async (inputs) => {
    const { drift, sent } = await withJane({ password, verifyPassword: true, ...inputs });
    expect(await drift()).toEqual([]);
    expect(sent()).toEqual(["GET /user/islocked"]);
  });
});

describe("unlock", () => {
  test("shows a lock-out, and ends it", async () => {
    const { run, drift, sent, saved, happen } = await withJane({ unlock: true });
    expect(saved()?.outputs.locked).toBe(false);
    expect(await drift()).toEqual([]);
    happen("lockUser");
    expect(await drift()).toEqual(["unlock"]);
    expect(saved()?.outputs.locked).toBe(true);
    sent();
    expect(await run({ unlock: true })).toBe("update");
    expect(sent()).toEqual(["GET /user/islocked", "POST /user/unlock"]);
    expect(saved()?.outputs.locked).toBe(false);
    expect(await drift()).toEqual([]);
  });

  test("ends a lock-out from the time before the program asked for it", async () => {
    const { run, sent, happen } = await withJane();
    happen("lockUser");
    await run({ unlock: true });
    expect(sent()).toEqual(["GET /user/islocked", "POST /user/unlock"]);
  });

  test("costs nothing where it is not asked for", async () => {
    const { drift, sent, saved, happen } = await withJane();
    happen("lockUser");
    expect(await drift()).toEqual([]);
    expect(sent()).toEqual([]);
    expect(saved()?.outputs).not.toHaveProperty("locked");
  });
});

describe("purgeData", () => {
  test.each([true, false])(
    "without it the owner of buckets stays, though the system would destroy them: %s",
    async (allowDeleteWithBuckets) => {
      const { destroy, give, sent, jane } = await withJane({}, { allowDeleteWithBuckets });
      give("photos", "films");
      await expect(destroy()).rejects.toThrow(
        'user "QA/Jane" owns buckets (photos, films): delete them first, or, if they may be destroyed with all that is in them, set purgeData to true and run pulumi up',
      );
      expect(sent()).toEqual(["GET /system/bucketlist"]);
      expect(jane().buckets).toHaveLength(2);
    },
  );

  test("reaches the state without a write", async () => {
    const { run, sent, saved } = await withJane();
    expect(await run({ purgeData: true })).toBe("update");
    expect(sent()).toEqual([]);
    expect(saved()?.inputs.purgeData).toBe(true);
  });

  test("with it the user is deleted with its buckets, where the system does that", async () => {
    const { destroy, give, sent, state } = await withJane(
      { purgeData: true },
      { allowDeleteWithBuckets: true },
    );
    give("photos");
    await destroy();
    expect(findUser(state, "QA", "Jane")).toBeUndefined();
    expect(sent()[0]).toBe("DELETE /user");
  });

  test("where it does not, the buckets are emptied, and the error says what is left to do", async () => {
    const { destroy, give, happen, jane, saved } = await withJane({ purgeData: true });
    give("photos", "films");
    for (const bucket of jane().buckets) bucket.objectCount = 7;
    await expect(destroy()).rejects.toThrow(
      /user "QA\/Jane" owns buckets \(photos, films\), and this system does not delete users who do \(common\.user\.allowDeleteWithBuckets is off\)\. All objects in them were deleted.* delete them through S3, then run again\. .*answered 400: .*User owns buckets/,
    );
    expect(jane().buckets.map(({ objectCount }) => objectCount)).toEqual([0, 0]);
    happen("removeBuckets");
    await destroy();
    expect(saved()).toBeUndefined();
  });

  test.each([
    [{ objectLock: true }, /Compatible Object Lock type license is required to purge a locked bucket/],
    [{ region: "region2" }, /of region "region2" cannot be purged.* POST \/bucketops\/purge there/],
  ])("a bucket that cannot be emptied is named: %j", async (bucket, reason) => {
    const { destroy, give, jane } = await withJane({ purgeData: true });
    give("vault");
    for (const each of jane().buckets) Object.assign(each, bucket);
    const error: Error = await destroy().catch((reason) => reason);
    expect(error.message).toMatch(/^bucket "vault" /);
    expect(error.message).toMatch(reason);
  });

  test("an owner whose deletion is under way is waited for, not refused", async () => {
    const { destroy, give, send, saved } = await withJane({}, { allowDeleteWithBuckets: true });
    give("photos");
    await send("DELETE", "/user", { query: address });
    await destroy();
    expect(saved()).toBeUndefined();
  });

  test("a refusal for another reason is the server's own", async () => {
    const { destroy, state } = await withJane({ purgeData: true });
    edit(state, { action: "addIamUser", ...address, iamUser: "tom" });
    await expect(destroy()).rejects.toThrow(/HyperStore User "QA\/Jane": .*Cannot delete\. User owns IAM/);
  });
});
