import { describe, expect, test } from "vitest";
import { edit } from "../../emulator/hyperstore/edit.ts";
import { PublicUrl } from "../../provider/hyperstore/publicurl.ts";
import { check } from "../../provider/resource/check.ts";
import { reveal, Secret } from "../../provider/resource/value.ts";
import { john, johnsAddress } from "../emulator/hyperstore/harness.ts";
import { withSession } from "./kit.ts";

const ob = { ...johnsAddress, bucketName: "b1", objectName: "2030/ob" };
const program = { ...ob, expiryTime: "2030-01-31T12:00:00Z" };
const path = "/permissions/publicUrl";

/** John has a credential, the bucket b1 and an object in it. */
async function withObject() {
  const kit = await withSession({ initialCredential: true }, { hyperstoreRequestTimeout: 0.5 });
  edit(kit.state, { action: "giveBucket", ...ob });
  edit(kit.state, { action: "giveObject", ...ob });
  const urls = () => kit.state.objects.get("b1/2030/ob")?.publicUrls ?? [];
  /** Somebody calls the API by hand. */
  const post = (body: object) => kit.send("POST", path, { query: ob, body });
  const posts = () => kit.requests.filter(({ method }) => method === "POST").length;
  const it = kit.engine(PublicUrl);
  const urlOf = (engine: typeof it) => reveal(engine.state()?.outputs.url ?? null);
  return { ...kit, urls, post, posts, it, urlOf };
}

describe("its life", () => {
  test("it is made, and its URL is what GET shows afterwards", async () => {
    const { it, urls, urlOf } = await withObject();
    expect(await it.up(program)).toBe("create");
    expect(it.state()?.id).toBe("QA/John/b1/2030%2Fob");
    const made = { allowRead: true, expiryTime: "1896091200000", maxDownloadNum: 1000, secure: true };
    expect(urls()).toMatchObject([made]);
    expect(it.state()?.outputs.url).toBeInstanceOf(Secret);
    expect(urlOf(it)).toBe(urls()[0]?.url);
  });

  test("it is changed by the URL that it has, and gives out the one that it has then", async () => {
    const { it, urls, urlOf } = await withObject();
    await it.up(program);
    const before = urlOf(it);
    expect(await it.up({ ...program, secure: false, expiryTime: "2031-01-31T12:00:00Z" })).toBe("update");
    expect(urls(), "no second one").toHaveLength(1);
    expect(urlOf(it)).toBe(urls()[0]?.url);
    expect(urlOf(it)).not.toBe(before);
  });

  test("it is not deleted, but forbidden, with the rest as it was", async () => {
    const { it, urls } = await withObject();
    await it.up({ ...program, maxDownloadNum: -1 });
    await it.destroy();
    expect(urls()).toMatchObject([{ allowRead: false, expiryTime: "1896091200000", maxDownloadNum: -1 }]);
  });

  test("one of an earlier life is not enabled again: a new one is made", async () => {
    const { it, urls, urlOf } = await withObject();
    await it.up(program);
    await it.destroy();
    expect(await it.up(program)).toBe("create");
    expect(urls().map(({ allowRead }) => allowRead)).toEqual([false, true]);
    expect(urlOf(it)).toBe(urls()[1]?.url);
  });

  test("another object is another resource: its URL is made before the old one is forbidden", async () => {
    const { it, state, urls } = await withObject();
    edit(state, { action: "giveObject", ...ob, objectName: "other" });
    await it.up(program);
    expect(await it.up({ ...program, objectName: "other" })).toBe("replace");
    expect(urls()).toMatchObject([{ allowRead: false }]);
    expect(state.objects.get("b1/other")?.publicUrls).toMatchObject([{ allowRead: true }]);
  });
});

describe("what others do", () => {
  test("one that somebody has forbidden is gone, and the next run makes another", async () => {
    const { it, urls } = await withObject();
    await it.up(program);
    for (const each of urls()) each.allowRead = false;
    expect(await it.refresh()).toBe("gone");
    expect(await it.up(program)).toBe("create");
  });

  test("downloads are no drift", async () => {
    const { it, urls } = await withObject();
    await it.up(program);
    for (const each of urls()) each.currentDownloads = 7;
    expect(await it.refresh()).toEqual([]);
    expect(it.state()?.outputs.currentDownloads).toBe(7);
    expect(await it.up(program)).toBe("same");
  });

  test("another URL in its place is told of, without a word of either", async () => {
    const { it, post, logs, urls, urlOf } = await withObject();
    await it.up(program);
    await post({ expiryTime: "1896091200000" });
    expect(await it.refresh()).toEqual([]);
    expect(urlOf(it)).toBe(urls()[1]?.url);
    expect(logs).toEqual([
      expect.stringMatching(/^warn: object "QA\/John.*another public URL outside of Pulumi/),
    ]);
    expect(logs.join()).not.toMatch(/http|AWSAccessKeyId/);
    await it.refresh();
    expect(logs, "once").toHaveLength(1);
  });

  test("an update by hand is drift, and no other URL", async () => {
    const { it, post, logs, urlOf } = await withObject();
    await it.up(program);
    await post({ url: urlOf(it), expiryTime: "1896091260000", maxDownloadNum: 5 });
    const drift = await it.refresh();
    expect(drift).toMatchObject([{ property: "expiryTime" }, { property: "maxDownloadNum" }]);
    expect(logs).toEqual([]);
    expect(await it.up(program)).toBe("update");
  });

  test.each([
    ["bucket", (state: Parameters<typeof edit>[0]) => edit(state, { action: "removeBuckets", ...ob })],
    ["object", (state: Parameters<typeof edit>[0]) => void state.objects.clear()],
    ["user", (state: Parameters<typeof edit>[0]) => void state.users.clear()],
  ])("where the %s is gone, so is the URL", async (_, remove) => {
    const { it, state } = await withObject();
    await it.up(program);
    remove(state);
    const held = it.state();
    expect(await it.refresh()).toBe("gone");
    it.setState(held);
    await it.destroy();
  });
});

describe("no twins", () => {
  test.each(["reset-after", "timeout-after"] as const)(
    "the answer to the POST is lost (%s), and what it made is found",
    async (kind) => {
      const { it, faults, urls, posts } = await withObject();
      faults.add({ kind, match: { method: "POST" } });
      expect(await it.up(program)).toBe("create");
      expect([urls().length, posts()]).toEqual([1, 1]);
    },
  );

  test("the request never arrived, and is sent again, a forbidden URL being none", async () => {
    const { it, faults, urls } = await withObject();
    await it.up(program);
    await it.destroy();
    faults.add({ kind: "reset-before", match: { method: "POST" } });
    expect(await it.up(program)).toBe("create");
    expect(urls().map(({ allowRead }) => allowRead)).toEqual([false, true]);
  });

  test("after a crash between the POST and the state, the error says how to go on, and makes nothing", async () => {
    const { it, urls, engine, urlOf } = await withObject();
    await it.up(program);
    it.setState(undefined);
    await expect(it.up(program)).rejects.toThrow(
      "pulumi import tenantry:hyperstore:PublicUrl it 'QA/John/b1/2030%2Fob'",
    );
    expect(urls()).toHaveLength(1);
    const adopting = engine(PublicUrl, { env: { TENANTRY_ADOPT: "1" } });
    await adopting.up({ ...program, maxDownloadNum: 5 });
    expect(urls()).toMatchObject([{ maxDownloadNum: 5 }]);
    expect(urlOf(adopting)).toBe(urls()[0]?.url);
  });
});

describe("errors", () => {
  test.each([
    ["is not there", { ...program, objectName: "none" }],
    ["is encrypted with SSE-C", { ...program, objectName: "sealed" }],
    ["is in another's bucket", { ...program, userId: "Jim", objectName: "jims" }],
    ["is nobody's", { ...program, userId: "Nobody" }],
  ])("an object that %s has no public URL, and the error says what could be wrong", async (_, inputs) => {
    const { it, state, send } = await withObject();
    await send("PUT", "/user", { body: { ...john, userId: "Jim" } });
    edit(state, { action: "giveObject", ...ob, objectName: "sealed", sseC: true });
    edit(state, { action: "giveObject", ...ob, userId: "Jim", objectName: "jims" });
    await expect(it.up(inputs)).rejects.toThrow(/the object must exist and not be encrypted.*answered 400/);
    expect(it.state()).toBeUndefined();
  });

  test("a time that is over is warned of", async () => {
    const { it, logs } = await withObject();
    await it.up({ ...program, expiryTime: "2018-01-31T08:00:00Z" });
    expect(logs).toEqual([expect.stringContaining("its expiryTime 2018-01-31T08:00:00Z is over")]);
  });
});

describe("the expiry", () => {
  const checked = (expiryTime: unknown) =>
    check(PublicUrl.inputs, { ...ob, expiryTime: expiryTime as string });

  test.each([
    ["2030-01-31T13:00:00+01:00", "2030-01-31T12:00:00Z"],
    ["2030-01-31T12:00:00.000Z", "2030-01-31T12:00:00Z"],
    ["2030-01-31T12:00:00.999Z", "2030-01-31T12:00:00Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"],
  ])("%s is %s", (given, expected) => {
    const { inputs, failures } = checked(given);
    expect(failures).toEqual([]);
    expect(inputs.expiryTime).toBe(expected);
    expect(checked(expected).inputs).toEqual(inputs);
  });

  test.each([
    ["2030-01-31", /a date and a time/],
    ["2030-01-31T12:00:00", /a date and a time/],
    ["2030-01-31T12:00Z", /a date and a time/],
    ["2030-02-30T12:00:00Z", /a date and a time/],
    ["1896091200000", /a date and a time/],
    [1896091200000, /a date and a time/],
    ["1969-12-31T23:59:59Z", /between the years 1970 and 9999/],
    ["9999-12-31T23:59:59-01:00", /between the years 1970 and 9999/],
    [undefined, /is required/],
  ])("%s is refused", (given, reason) => {
    expect(checked(given).failures).toEqual([
      { property: "expiryTime", reason: expect.stringMatching(reason) },
    ]);
  });

  test.each([
    [0, "must be at least 1, or -1 for no limit"],
    [-2, "must be at least -1"],
  ])("%d downloads are refused", (maxDownloadNum, reason) => {
    const { failures } = check(PublicUrl.inputs, { ...program, maxDownloadNum });
    expect(failures).toContainEqual({ property: "maxDownloadNum", reason: expect.stringContaining(reason) });
  });
});
