import { describe, expect, it } from "vitest";
import type { HyperStoreOptions } from "../../../emulator/hyperstore/index.ts";
import { fromJson, toJson } from "../../../emulator/hyperstore/json.ts";
import { john, johnsAddress, outcome, withJohn } from "./harness.ts";

const path = "/permissions/publicUrl";
const ob = { ...johnsAddress, bucketName: "b1", objectName: "ob" };
/** The sample of 8.2.4. */
const sample = { allowRead: true, expiryTime: "1517385600000", maxDownloadNum: 1000, secure: true };

/** John has a credential, the bucket b1 and in it the object ob. */
async function withObject(options: HyperStoreOptions = {}) {
  const emulator = await withJohn({ initialCredential: true, control: true, ...options });
  const { url, send } = emulator;
  const edit = (...changes: unknown[]) =>
    fetch(`${url}/_emulator/state`, { method: "POST", body: JSON.stringify(changes) });
  await edit({ action: "giveBucket", ...ob }, { action: "giveObject", ...ob });
  const get = (query = ob) => send("GET", path, { query });
  const post = async (body: unknown, query = ob) => outcome(await send("POST", path, { query, body }));
  return { ...emulator, edit, get, post };
}

const codeOf = (url: string) => new URL(url).searchParams.get("x-amz-pt");

describe("POST /permissions/publicUrl (8.2)", () => {
  it("makes a URL and answers nothing; GET shows it", async () => {
    const { get, post, send } = await withObject();
    expect(await post(sample)).toBe("200 ");
    const { url, ...access } = (await get()).json();
    expect(access).toEqual({ ...sample, currentDownloads: 0 });
    const [key] = (await send("GET", "/user/credentials/list", { query: johnsAddress })).json();
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe("https://s3-region1.mycloudianhyperstore.com/b1/ob");
    expect(searchParams.get("AWSAccessKeyId")).toBe(key.accessKey);
    expect(searchParams.get("Expires")).toBe("1517385600");
    expect(searchParams.get("Signature")).toMatch(/^[\w+/]{27}=$/);
    expect(Buffer.from(searchParams.get("x-amz-pt") ?? "", "base64").toString()).toMatch(/^\d{21}$/);
  });

  it("fills in what is omitted", async () => {
    const { get, post } = await withObject();
    await post({ expiryTime: "1517385600000" });
    expect((await get()).json()).toMatchObject(sample);
  });

  it("makes a new URL every time that none is given, and keeps the earlier ones", async () => {
    const { get, post, state } = await withObject();
    await post(sample);
    const first = (await get()).json();
    await post({ ...sample, maxDownloadNum: -1 });
    const second = (await get()).json();
    expect(second.maxDownloadNum).toBe(-1);
    expect(codeOf(second.url)).not.toBe(codeOf(first.url));
    expect(state.objects.get("b1/ob")?.publicUrls.map(({ url }) => url)).toEqual([first.url, second.url]);
  });

  it("changes the URL that is given, counts on, and keeps its tracking code", async () => {
    const { get, post, state } = await withObject();
    await post(sample);
    const { url } = (await get()).json();
    for (const each of state.objects.get("b1/ob")?.publicUrls ?? []) each.currentDownloads = 7;
    expect(await post({ url, expiryTime: "1893456000000", secure: false, allowRead: false })).toBe("200 ");
    const now = (await get()).json();
    expect(now).toMatchObject({ allowRead: false, currentDownloads: 7, expiryTime: "1893456000000" });
    expect(now.url).toMatch(/^http:.*Expires=1893456000/);
    expect(codeOf(now.url)).toBe(codeOf(url));
    expect(await post({ ...sample, url })).toBe("400 Public URL does not exist");
  });

  it("is kept in the file", async () => {
    const { post, state } = await withObject();
    await post(sample);
    expect(fromJson(JSON.parse(JSON.stringify(toJson(state)))).objects).toEqual(state.objects);
  });

  it("takes any name of an object, and no word of the client's on the downloads", async () => {
    const { edit, get, post } = await withObject();
    const odd = { ...ob, objectName: "a b/ü+%2F&?.txt" };
    await edit({ action: "giveObject", ...odd });
    expect(await post({ ...sample, currentDownloads: 5 }, odd)).toBe("200 ");
    const { url, currentDownloads } = (await get(odd)).json();
    expect(currentDownloads).toBe(0);
    expect(new URL(url).pathname).toBe("/b1/a%20b/%C3%BC%2B%252F%26%3F.txt");
    expect((await get()).status).toBe(204);
  });

  it.each([
    ["no body", undefined],
    ["no JSON", "{"],
    ["no expiry", {}],
    ["a date", { expiryTime: "2030-01-01T00:00:00Z" }],
    ["a number", { expiryTime: 1517385600000 }],
    ["a string for a boolean", { ...sample, secure: "true" }],
    ["a fraction", { ...sample, maxDownloadNum: 1.5 }],
    ["less than unlimited", { ...sample, maxDownloadNum: -2 }],
    ["an unknown attribute", { ...sample, expires: "1" }],
  ])("refuses %s", async (_, body) => {
    const { post } = await withObject();
    expect(await post(body)).toBe("400 Invalid JSON object");
  });

  it("refuses what is not there, what others own, and what it cannot read", async () => {
    const { edit, get, post, send } = await withObject();
    await send("PUT", "/user", { body: { ...john, userId: "Jim" } });
    const jims = { ...ob, userId: "Jim" };
    await edit(
      { action: "giveObject", ...ob, objectName: "sealed", sseC: true },
      { action: "giveObject", ...jims, objectName: "jims" },
    );
    expect(await post(sample, { ...ob, objectName: "none" })).toBe("400 Object does not exist");
    expect(await post(sample, { ...ob, objectName: "sealed" })).toBe("400 Object is encrypted with SSE-C");
    const foreign = "400 Bucket owner is not the object owner";
    expect(await post(sample, jims)).toBe(foreign);
    expect(await post(sample, { ...ob, objectName: "jims" })).toBe(foreign);
    expect(outcome(await get({ ...jims, objectName: "jims" }))).toBe(foreign);
    expect(outcome(await get({ ...ob, bucketName: "none" }))).toBe(foreign);
  });

  it("cannot sign without a key of the owner's", async () => {
    const { post } = await withObject({ initialCredential: false });
    expect(await post(sample)).toBe("400 Object owner has no active credential");
  });
});

describe("GET /permissions/publicUrl (8.1)", () => {
  it("answers 204 where there is no public URL, and no object", async () => {
    const { get } = await withObject();
    expect(outcome(await get())).toBe("204 ");
    expect(outcome(await get({ ...ob, objectName: "none" }))).toBe("204 ");
  });

  it.each(["userId", "groupId", "bucketName", "objectName"])("answers 400 without %s", async (missing) => {
    const { send } = await withObject();
    const expected = "400 Missing required parameter : {userId, groupId, bucketName, objectName}";
    const query = { ...ob, [missing]: "" };
    expect(outcome(await send("GET", path, { query }))).toBe(expected);
    expect(outcome(await send("POST", path, { query, body: sample }))).toBe(expected);
  });

  it("answers 400 for nobody", async () => {
    const { get, post } = await withObject();
    const nobodys = { ...ob, userId: "Nobody" };
    expect(outcome(await get(nobodys))).toBe("400 User does not exist");
    expect(await post(sample, nobodys)).toBe("400 User does not exist");
  });

  it("forgets the URLs of a bucket that is removed", async () => {
    const { edit, get, post } = await withObject();
    await post(sample);
    await edit({ action: "removeBuckets", ...ob }, { action: "giveBucket", ...ob });
    expect(outcome(await get())).toBe("204 ");
  });
});
