import { expect, test } from "vitest";
import { getQosLimits } from "../../provider/hyperstore/functions/qos.ts";
import { byName, limitNames } from "../../provider/hyperstore/qos.ts";
import { QosLimits } from "../../provider/hyperstore/qoslimits.ts";
import { check } from "../../provider/resource/check.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import { withSession } from "./kit.ts";

const john = { groupId: "QA", userId: "John" };
const off = byName(() => -1);
const writes = (requests: { method: string; path: string }[]) =>
  requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);

async function withLimits(limits: Partial<typeof off>, selector = john) {
  const world = await withSession();
  const query = Object.fromEntries(
    Object.entries({ ...selector, ...off, ...limits }).map(([k, v]) => [k, `${v}`]),
  );
  await world.send("POST", "/qos/limits", { query });
  world.requests.length = 0;
  return { ...world, limits: () => [...world.state.qos.values()][0] };
}

test("all unlimited is something else than not managed", async () => {
  const { engine, limits } = await withLimits({ hlRequestRate: 600 });
  const it = engine(QosLimits);
  await it.up(john);
  expect(limits()).toMatchObject({ hlRequestRate: 600 });
  expect(it.state()?.inputs).not.toHaveProperty("hlRequestRate");
  expect(it.state()?.outputs).toMatchObject({ hlRequestRate: 600, hlDataKBytesIn: -1 });
  await it.up({ ...john, ...off });
  expect(limits()).toEqual(off);
  expect(it.state()?.inputs).toMatchObject(off);
});

test("an update keeps the limits that the program does not manage", async () => {
  const { engine, limits } = await withLimits({ wlDataKBytesIn: 7 });
  const it = engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1 });
  expect(await it.up({ ...john, hlRequestRate: 2 })).toBe("update");
  expect(limits()).toMatchObject({ wlDataKBytesIn: 7, hlRequestRate: 2 });
});

test("a limit that the program ceases to set stays as it is", async () => {
  const { engine, limits } = await withLimits({});
  const it = engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1, hlDataKBytesIn: 5 });
  expect(await it.up({ ...john, hlRequestRate: 1 })).toBe("same");
  expect(limits()).toMatchObject({ hlDataKBytesIn: 5 });
});

test("an import shows all limits, so that none is lost from sight", async () => {
  const { engine } = await withLimits({ hlRequestRate: 600 });
  const imported = await engine(QosLimits).import("default/QA/John");
  expect(imported?.inputs).toEqual({ ...john, ...off, hlRequestRate: 600 });
  expect(imported?.outputs).toMatchObject({ previous: { hlRequestRate: 600 } });
});

test("a delete without earlier limits leaves none, not ten of -1", async () => {
  const world = await withSession();
  const it = world.engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1 });
  expect(world.state.qos.size).toBe(1);
  await it.destroy();
  expect(world.state.qos.size).toBe(0);
});

test("a delete brings earlier limits back, and keeps what others have set since", async () => {
  const { engine, state, limits } = await withLimits({ hlRequestRate: 600, hlDataKBytesIn: 5 });
  const it = engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1 });
  for (const set of state.qos.values()) set.hlDataKBytesIn = 6;
  await it.destroy();
  expect(limits()).toEqual({ ...off, hlRequestRate: 600, hlDataKBytesIn: 6 });
});

test("a delete may remove limits that were there before", async () => {
  const { engine, state } = await withLimits({ hlRequestRate: 600 });
  const it = engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1, onDelete: "remove" });
  await it.destroy();
  expect(state.qos.size).toBe(0);
});

test("the region's defaults cannot be deleted, only lifted", async () => {
  const region = { groupId: "*", userId: "ALL" };
  const { engine, limits, requests } = await withLimits({ hlRequestRate: 600 }, region);
  const it = engine(QosLimits);
  await it.up({ ...region, hlRequestRate: 1, onDelete: "remove" });
  requests.length = 0;
  await it.destroy();
  expect(limits()).toEqual(off);
  expect(writes(requests)).toEqual(["POST /qos/limits"]);
});

test("limits that lift a default of the group say so", async () => {
  const { engine, logs } = await withLimits({ hlStorageQuotaKBytes: 100 }, { groupId: "QA", userId: "ALL" });
  const it = engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1 });
  expect(logs.join()).toMatch(/"QA\/John" is no longer held to the defaults hlStorageQuotaKBytes \(100\)/);
  logs.length = 0;
  await it.up({ ...john, hlRequestRate: 1, hlStorageQuotaKBytes: -1 });
  expect(logs).toEqual([]);
});

test("what is set already costs no write", async () => {
  const { engine, requests } = await withLimits({ hlRequestRate: 600 });
  await engine(QosLimits).up({ ...john, hlRequestRate: 600 });
  expect(writes(requests)).toEqual([]);
});

test.each([
  [{ groupId: "nowhere", userId: "*" }, 'group "nowhere" does not exist'],
  [
    { groupId: "QA", userId: "nobody" },
    'QosLimits "default/QA/nobody" cannot be set: what it belongs to does not exist',
  ],
])("limits of %o are refused: the server would keep them for nobody", async (selector, reason) => {
  const { engine, state } = await withSession();
  await expect(engine(QosLimits).up({ ...selector, hlRequestRate: 1 })).rejects.toThrow(reason);
  expect(state.qos.size).toBe(0);
});

test("the limits of a deleted user are gone with it", async () => {
  const { engine, send } = await withSession({ deletionDelayMs: 0 });
  const it = engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1 });
  await send("DELETE", "/user", { query: john });
  expect(await it.refresh()).toBe("gone");
});

test("old names of two limits are understood", async () => {
  const world = await withSession({ legacyQosTypes: true });
  const it = world.engine(QosLimits);
  await it.up({ ...john, hlStorageQuotaKBytes: 100, hlStorageQuotaCount: 5 });
  expect(await it.refresh()).toEqual([]);
  expect(await world.ask(getQosLimits, john)).toEqual({
    ...off,
    hlStorageQuotaKBytes: 100,
    hlStorageQuotaCount: 5,
  });
});

test("a limit beyond 2^53 is refused, not rounded", async () => {
  const { engine, state, send } = await withLimits({});
  const query = { ...john, ...Object.fromEntries(limitNames.map((name) => [name, "9007199254740993"])) };
  await send("POST", "/qos/limits", { query });
  expect(state.qos.size).toBe(1);
  await expect(engine(QosLimits).import("default/QA/John")).rejects.toThrow(/of "QA\/John" is above 2\^53/);
});

test.each([
  [{ groupId: "*", userId: "John" }, "userId", /must be "ALL" where groupId is "\*"/],
  [{ groupId: "ALL", userId: "ALL" }, "userId", /must be "ALL" where groupId is "\*"/],
  [{ ...john, hlRequestRate: -2 }, "hlRequestRate", /at least -1/],
  [{ ...john, hlRequestRate: 1.5 }, "hlRequestRate", /whole number/],
  [{ groupId: "Q A", userId: "John" }, "groupId", /or "\*" or "ALL"/],
])("%o is refused at %s", (news, property, reason) => {
  expect(check(QosLimits.inputs, news).failures).toEqual([
    { property, reason: expect.stringMatching(reason) },
  ]);
});

test("the default region has one id, however it is written", async () => {
  const { engine, state } = await withSession({}, { hyperstoreDefaultRegion: "region1" });
  state.regions.push("region2");
  const it = engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1, region: "region1" });
  expect(it.state()).toMatchObject({ id: "default/QA/John" });
  expect(it.state()?.inputs).not.toHaveProperty("region");
  expect(await it.up({ ...john, hlRequestRate: 1 })).toBe("same");
  expect(await it.up({ ...john, hlRequestRate: 1, region: "region2" })).toBe("replace");
  expect(it.state()).toMatchObject({ id: "region2/QA/John" });
  expect([...state.qos.keys()]).toEqual([JSON.stringify(["region2", "QA", "John"])]);
});

test("an import by another spelling of the id says which one is right", async () => {
  const { engine } = await withSession({}, { hyperstoreDefaultRegion: "region1" });
  await expect(engine(QosLimits).import("region1/QA/John")).rejects.toThrow(
    'the id of HyperStore QosLimits "region1/QA/John" is "default/QA/John": use that',
  );
});

test("a region needs the name of the default one", async () => {
  const { engine } = await withSession();
  await expect(engine(QosLimits).up({ ...john, region: "region1" })).rejects.toThrow(
    /"property":"region","reason":"needs the provider's hyperstoreDefaultRegion/,
  );
});

test("two resources of one program cannot set the same limits", async () => {
  const { session } = await withSession();
  const calls = lifecycle(QosLimits, session);
  expect(calls.check({ urn: "urn::a", news: john }).failures).toEqual([]);
  expect(calls.check({ urn: "urn::a", news: john }).failures).toEqual([]);
  expect(calls.check({ urn: "urn::b", news: { ...john, userId: "*" } }).failures).toEqual([]);
  expect(calls.check({ urn: "urn::b", news: john }).failures).toEqual([
    {
      property: "",
      reason: 'urn::a manages HyperStore QosLimits "default/QA/John" already: keep one of the two',
    },
  ]);
});

test("a resource with a new name is not undone by the end of the old one", async () => {
  const { session, engine, limits } = await withLimits({ hlRequestRate: 600 });
  const old = engine(QosLimits);
  await old.up({ ...john, hlRequestRate: 1 });
  const calls = lifecycle(QosLimits, session);
  const { inputs } = calls.check({ urn: "urn::new", news: { ...john, hlRequestRate: 2 } });
  await calls.create({ urn: "urn::new", news: inputs });
  await calls.delete({ urn: old.urn, id: "", ...old.state() });
  expect(limits()).toMatchObject({ hlRequestRate: 2 });
});

test("limits found on another system are none of ours, unless that one was renewed", async () => {
  const first = await withSession();
  const it = first.engine(QosLimits);
  await it.up({ ...john, hlRequestRate: 1 });
  const second = await withSession({ licenseNumber: "2" });
  const elsewhere = second.engine(QosLimits);
  elsewhere.setState(it.state());
  await expect(elsewhere.refresh()).rejects.toThrow(/another system.*TENANTRY_ADOPT=1 pulumi refresh/s);
  const renewed = second.engine(QosLimits, { env: { TENANTRY_ADOPT: "1" } });
  renewed.setState(it.state());
  await renewed.refresh();
  expect(renewed.state()?.outputs).toMatchObject({ system: "license 2" });
});
