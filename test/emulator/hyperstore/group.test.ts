import { describe, expect, it } from "vitest";
import { outcome, start, withJohn } from "./harness.ts";

const qa = {
  active: "true",
  groupId: "QA",
  groupName: "Quality Assurance Group",
  ldapEnabled: false,
  ldapGroup: "",
  ldapMatchAttribute: "",
  ldapSearch: "",
  ldapSearchUserBase: "",
  ldapServerURL: "",
  ldapUserDNTemplate: "",
  s3endpointshttp: ["ALL"],
  s3endpointshttps: ["ALL"],
  s3websiteendpoints: ["ALL"],
};

describe("PUT /group (6.7)", () => {
  it("answers 200 without a body, and fills in what was left out", async () => {
    const { send } = await start();
    const reply = await send("PUT", "/group", { body: { groupId: "QA", groupName: qa.groupName } });
    expect(outcome(reply)).toBe("200 ");
    expect((await send("GET", "/group", { query: { groupId: "QA" } })).json()).toEqual(qa);
  });

  it("takes every attribute", async () => {
    const { send } = await start();
    const body = { ...qa, active: "false", ldapEnabled: true, ldapGroup: "ou", s3endpointshttps: ["NONE"] };
    await send("PUT", "/group", { body });
    expect((await send("GET", "/group", { query: { groupId: "QA" } })).json()).toEqual(body);
  });

  it.each([
    ["no id", { groupName: "x" }, "400 Missing required attribute : {groupId}"],
    ["no JSON", "{", "400 Invalid JSON Object"],
    ["a list", [], "400 Invalid JSON Object"],
    ["an unknown attribute", { groupId: "A", s3endpoints: ["ALL"] }, "400 Invalid JSON Object"],
    ["a wrong type", { groupId: "A", ldapEnabled: "false" }, "400 Invalid JSON Object"],
    ["a list of numbers", { groupId: "A", s3endpointshttp: [1] }, "400 Invalid JSON Object"],
    ["a long name", { groupId: "A", groupName: "x".repeat(65) }, "400 Invalid JSON Object"],
    ["a space in the id", { groupId: "a b" }, "400 Invalid Group ID"],
    ["65 characters", { groupId: "x".repeat(65) }, "400 Invalid Group ID"],
    ["a boolean status", { groupId: "A", active: true }, "400 Invalid Active Status for Add Group"],
    ["a taken id", { groupId: "QA" }, "409 Unique constraint violation : QA"],
    ["the system group", { groupId: "0" }, "409 Unique constraint violation : 0"],
  ])("refuses %s", async (_, body, expected) => {
    const { send } = await start();
    await send("PUT", "/group", { body: qa });
    expect(outcome(await send("PUT", "/group", { body }))).toBe(expected);
  });

  it("takes an id and a name of 64 characters", async () => {
    const { send } = await start();
    const body = { groupId: "x".repeat(64), groupName: "y".repeat(64) };
    expect((await send("PUT", "/group", { body })).status).toBe(200);
  });
});

describe("POST /group (6.5)", () => {
  it("replaces the whole profile but for an omitted active", async () => {
    const { send } = await start();
    await send("PUT", "/group", { body: { ...qa, active: "false", s3endpointshttp: ["NONE"] } });
    const reply = await send("POST", "/group", { body: { groupId: "QA", ldapGroup: "ou" } });
    expect(outcome(reply)).toBe("200 ");
    const expected = { ...qa, active: "false", groupName: "", ldapGroup: "ou" };
    expect((await send("GET", "/group", { query: { groupId: "QA" } })).json()).toEqual(expected);
  });

  it.each([
    ["an unknown group", { groupId: "none" }, "400 Group does not exist"],
    ["no id", {}, "400 Missing required attribute : {groupId}"],
    ["a wrong status", { groupId: "QA", active: "yes" }, "400 Invalid Active Status for Post Group"],
    ["no JSON", "nothing", "400 Invalid JSON Object"],
    ["a wrong type", { groupId: "QA", groupName: 1 }, "400 Invalid JSON Object"],
  ])("refuses %s", async (_, body, expected) => {
    const { send } = await start();
    await send("PUT", "/group", { body: qa });
    expect(outcome(await send("POST", "/group", { body }))).toBe(expected);
  });
});

describe("GET /group (6.2)", () => {
  it("answers 204 for what is not there, and 400 without an id", async () => {
    const { send } = await start();
    expect(outcome(await send("GET", "/group", { query: { groupId: "none" } }))).toBe("204 ");
    expect(outcome(await send("GET", "/group"))).toBe("400 Missing required parameters : {groupId}");
  });

  it("knows the system group", async () => {
    const { send } = await start();
    expect((await send("GET", "/group", { query: { groupId: "0" } })).json().groupId).toBe("0");
  });
});

describe("GET /group/list (6.3)", () => {
  async function filled() {
    const { send } = await start();
    for (const groupId of ["engineering", "Support", "QA", "eng2"])
      await send("PUT", "/group", { body: { groupId } });
    return async (query: Record<string, string>) => {
      const reply = await send("GET", "/group/list", { query });
      return reply.status === 200 ? reply.json().map((row: typeof qa) => row.groupId) : outcome(reply);
    };
  }

  it("sorts as the sample does, without the system group", async () => {
    const list = await filled();
    expect(await list({})).toEqual(["QA", "Support", "eng2", "engineering"]);
  });

  it("filters by prefix", async () => {
    const list = await filled();
    expect(await list({ prefix: "eng" })).toEqual(["eng2", "engineering"]);
  });

  it("gives one row more than the limit, and an inclusive offset", async () => {
    const list = await filled();
    expect(await list({ limit: "2" })).toEqual(["QA", "Support", "eng2"]);
    expect(await list({ limit: "1", offset: "Support" })).toEqual(["Support", "eng2"]);
    expect(await list({ offset: "R" })).toEqual(["Support", "eng2", "engineering"]);
  });

  it("gives nothing for an offset that is the last row", async () => {
    const list = await filled();
    expect(await list({ offset: "engineering" })).toEqual([]);
    expect(await list({ offset: "eng2", prefix: "eng2" })).toEqual([]);
  });

  it("has a limit of 100 by default", async () => {
    const { send, state } = await start();
    for (let i = 100; i < 203; i++) await send("PUT", "/group", { body: { groupId: `g${i}` } });
    expect(state.groups.size).toBe(104);
    const first = (await send("GET", "/group/list")).json();
    expect([first.length, first[100].groupId]).toEqual([101, "g200"]);
    expect((await send("GET", "/group/list", { query: { offset: "g200" } })).json()).toHaveLength(3);
  });

  it.each(["0", "-1", "x", "1.5"])("refuses limit %s", async (limit) => {
    const list = await filled();
    expect(await list({ limit })).toBe("400 Limit should be greater than zero");
  });
});

describe("DELETE /group (6.1)", () => {
  it("deletes", async () => {
    const { send } = await start();
    await send("PUT", "/group", { body: qa });
    expect(outcome(await send("DELETE", "/group", { query: { groupId: "QA" } }))).toBe("200 ");
    expect((await send("GET", "/group", { query: { groupId: "QA" } })).status).toBe(204);
  });

  it("answers 400 for what is gone, and without an id", async () => {
    const { send } = await start();
    const gone = await send("DELETE", "/group", { query: { groupId: "none" } });
    expect(outcome(gone)).toBe("400 Group does not exist");
    expect(outcome(await send("DELETE", "/group"))).toBe("400 Missing required parameters : {groupId}");
  });

  it("refuses until the last user is deleted completely", async () => {
    const { send } = await withJohn({ deletionDelayMs: 150 });
    const remove = async () => outcome(await send("DELETE", "/group", { query: { groupId: "QA" } }));
    expect(await remove()).toBe("409 Cannot delete. Group is not empty.");
    await send("DELETE", "/user", { query: { userId: "John", groupId: "QA" } });
    expect(await remove()).toBe("409 Cannot delete. Group is not empty.");
    await new Promise((resolve) => setTimeout(resolve, 170));
    expect(await remove()).toBe("200 ");
  });

  it("never deletes the system group: its admin stays", async () => {
    const { send } = await start();
    const reply = await send("DELETE", "/group", { query: { groupId: "0" } });
    expect(outcome(reply)).toBe("409 Cannot delete. Group is not empty.");
  });
});

it("takes, keeps and shows what a later release has, and drops it when a profile comes without it", async () => {
  const { send, state } = await start({ laterAttributes: ["tier"] });
  expect((await send("PUT", "/group", { body: { groupId: "QA", tier: "gold" } })).status).toBe(200);
  expect(JSON.parse((await send("GET", "/group", { query: { groupId: "QA" } })).text)).toMatchObject({
    tier: "gold",
  });
  await send("POST", "/group", { body: { groupId: "QA" } });
  expect(state.groups.get("QA")?.info).not.toHaveProperty("tier");
  expect((await send("POST", "/group", { body: { groupId: "QA", level: "gold" } })).status).toBe(400);
});
