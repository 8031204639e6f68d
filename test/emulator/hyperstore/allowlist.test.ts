import { describe, expect, it } from "vitest";
import { fromJson, toJson } from "../../../emulator/hyperstore/json.ts";
import { outcome, start } from "./harness.ts";

const empty = { id: "Default-WL", list: [], name: "Default Allowlist", ratingPlanId: "Whitelist-RP" };
/** The sample of 2.2.3. */
const sample = { ...empty, list: ["10.20.2.10", "10.20.2.11", "10.20.2.12"] };
const query = { allowlistId: "Default-WL" };

async function withList() {
  const { send, ...emulator } = await start();
  const get = async () => (await send("GET", "/allowlist", { query })).json();
  const post = async (body: unknown) => outcome(await send("POST", "/allowlist", { body }));
  const postList = async (query: Record<string, string>) =>
    outcome(await send("POST", "/allowlist/list", { query }));
  return { ...emulator, send, get, post, postList };
}

describe("GET /allowlist (2.1)", () => {
  it("answers the one list, empty at first", async () => {
    const { get } = await withList();
    expect(await get()).toEqual(empty);
  });

  it("answers 204 for any other, and 400 without an id", async () => {
    const { send } = await withList();
    expect(outcome(await send("GET", "/allowlist", { query: { allowlistId: "Other" } }))).toBe("204 ");
    expect(outcome(await send("GET", "/allowlist"))).toBe("400 Missing required parameter : allowlistId");
  });
});

describe("POST /allowlist (2.2)", () => {
  it("replaces the whole list, and empties it with an empty array", async () => {
    const { get, post } = await withList();
    expect(await post(sample)).toBe("200 ");
    expect(await get()).toEqual(sample);
    const other = { ...empty, name: "Partners", ratingPlanId: "Default-RP" };
    expect(await post(other)).toBe("200 ");
    expect(await get()).toEqual(other);
  });

  it.each([
    "10.0.0.0/8",
    "0.0.0.0/0",
    "10.1.2.3/24",
    "2001:db8::1",
    "2001:DB8:0:0:0:0:0:1",
    "::ffff:10.0.0.1",
  ])("takes %s, and keeps it as it is", async (entry) => {
    const { get, post } = await withList();
    expect(await post({ ...empty, list: [entry] })).toBe("200 ");
    expect((await get()).list).toEqual([entry]);
  });

  it.each([
    "10.0.0.256",
    "10.0.0",
    "10.0.0.0/33",
    "10.0.0.0/8/8",
    "10.0.0.0/",
    "2001:db8::/32",
    "a.example",
    "",
  ])("refuses %j", async (entry) => {
    const { get, post } = await withList();
    const refusal = `400 Invalid IP Address or IPv4 Subnet CIDR: ${entry}`;
    expect(await post({ ...empty, list: ["10.0.0.1", entry] })).toBe(refusal);
    expect(await get()).toEqual(empty);
  });

  it("is kept in the file", async () => {
    const { post, state } = await withList();
    await post(sample);
    expect(fromJson(JSON.parse(JSON.stringify(toJson(state)))).allowlist.list).toEqual(sample.list);
  });

  it.each([
    ["another id", { ...sample, id: "Other" }, "400 Allowlist does not exist"],
    ["no id", { ...sample, id: undefined }, "400 Missing required attributes : {id, name, ratingPlanId}"],
    ["no name", { ...sample, name: "" }, "400 Missing required attributes : {id, name, ratingPlanId}"],
    [
      "no plan",
      { ...sample, ratingPlanId: null },
      "400 Missing required attributes : {id, name, ratingPlanId}",
    ],
    ["no list", { ...sample, list: undefined }, "400 Missing required attributes : {id, name, ratingPlanId}"],
    ["a text", { ...sample, list: "10.0.0.1" }, "400 Invalid JSON object"],
    ["an unknown attribute", { ...sample, lists: [] }, "400 Invalid JSON object"],
    ["no JSON", "{", "400 Invalid JSON object"],
  ])("refuses %s", async (_, body, expected) => {
    const { post } = await withList();
    expect(await post(body)).toBe(expected);
  });
});

describe("POST /allowlist/list (2.3)", () => {
  it("replaces the entries and leaves the rest", async () => {
    const { get, post, postList } = await withList();
    await post({ ...sample, name: "Partners" });
    expect(await postList({ ...query, list: "10.20.2.10,10.20.0.0/16" })).toBe("200 ");
    expect(await get()).toEqual({ ...empty, name: "Partners", list: ["10.20.2.10", "10.20.0.0/16"] });
  });

  it("cannot empty the list, and refuses what POST /allowlist refuses", async () => {
    const { postList } = await withList();
    const missing = "400 Missing required attributes : {allowlistId, list}";
    expect(await postList({ ...query, list: "" })).toBe(missing);
    expect(await postList({ list: "10.0.0.1" })).toBe(missing);
    expect(await postList({ allowlistId: "Other", list: "10.0.0.1" })).toBe("400 Allowlist does not exist");
    const invalid = "400 Invalid IP Address or IPv4 Subnet CIDR: ";
    expect(await postList({ ...query, list: "10.0.0.1," })).toBe(invalid);
    expect(await postList({ ...query, list: "10.0.0.1, 10.0.0.2" })).toBe(`${invalid} 10.0.0.2`);
  });
});

describe("the name before 7.4 (chapter 2)", () => {
  const old = { whitelistId: "Default-WL" };

  it("still works, on the same list", async () => {
    const { send, get } = await withList();
    expect(outcome(await send("POST", "/whitelist", { body: sample }))).toBe("200 ");
    expect(await get()).toEqual(sample);
    await send("POST", "/whitelist/list", { query: { ...old, list: "10.0.0.1" } });
    expect((await send("GET", "/whitelist", { query: old })).json()).toEqual({
      ...empty,
      list: ["10.0.0.1"],
    });
  });

  it.each([
    ["7.3", 404],
    ["6.10", 404],
    ["7.4", 200],
    ["7.10", 200],
    ["8.2", 200],
  ])("on a system of version %s, the new one answers %d", async (version, status) => {
    const { send } = await start({ version });
    expect((await send("GET", "/allowlist", { query })).status).toBe(status);
    expect((await send("GET", "/whitelist", { query: old })).status).toBe(200);
  });
});
