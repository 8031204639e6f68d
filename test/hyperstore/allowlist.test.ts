import { describe, expect, test } from "vitest";
import type { HyperStoreOptions } from "../../emulator/hyperstore/index.ts";
import { Allowlist } from "../../provider/hyperstore/allowlist.ts";
import { getAllowlist } from "../../provider/hyperstore/functions/allowlist.ts";
import { check } from "../../provider/resource/check.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { withSession } from "./kit.ts";

const list = ["10.20.2.10", "10.20.3.0/24"];
const shipped = { list: [] as string[], name: "Default Allowlist", ratingPlanId: "Whitelist-RP" };
const partners = { list: ["192.0.2.1"], name: "Partners", ratingPlanId: "Default-RP" };

async function withAllowlist(options: HyperStoreOptions = {}) {
  const kit = await withSession(options);
  const writes = () => kit.requests.filter(({ method, path }) => method !== "GET" && /list$/.test(path));
  return { ...kit, writes, it: kit.engine(Allowlist) };
}

describe("entries", () => {
  const checked = (...entries: unknown[]) => check(Allowlist.inputs, { list: entries as string[] });

  test.each([
    ["10.20.2.10", "10.20.2.10"],
    ["10.20.2.10/32", "10.20.2.10"],
    ["10.20.2.10/24", "10.20.2.0/24"],
    ["255.255.255.255/1", "128.0.0.0/1"],
    ["10.20.2.10/0", "0.0.0.0/0"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:0db8::0001", "2001:db8::1"],
    ["::", "::"],
    ["::ffff:10.20.2.10", "10.20.2.10"],
    ["0:0:0:0:0:FFFF:0A14:020A", "10.20.2.10"],
    ["64:ff9b::10.20.2.10", "64:ff9b::a14:20a"],
  ])("%s is %s", (given, expected) => {
    expect(checked(given)).toMatchObject({ inputs: { list: [expected] }, failures: [] });
    expect(checked(given, expected).inputs.list, "of equal ones, one").toEqual([expected]);
  });

  test.each([
    "10.20.2",
    "10.20.2.256",
    "010.20.2.10",
    "10.20.2.10/33",
    "10.20.2.10/08",
    "10.20.2.10/",
    "10.20.2.0/24/24",
    "2001:db8::/32",
    "fe80::1%eth0",
    "[2001:db8::1]",
    "partner.example.com",
    " 10.20.2.10",
    "10.20.2.10,10.20.2.11",
    "",
  ])("%j is refused, and the failure names its place", (given) => {
    expect(checked("10.20.2.10", given).failures).toEqual([
      { property: "list[1]", reason: expect.stringContaining("an IPv4 subnet such as 10.20.0.0/16") },
    ]);
  });
});

describe("its life", () => {
  test("it is set as one object, and put back with its name and plan", async () => {
    const { it, state } = await withAllowlist();
    state.allowlist = { ...partners, list: [] };
    await it.up({ list, onDelete: "restore" });
    expect(it.state()?.id).toBe("Default-WL");
    expect(state.allowlist).toEqual({ ...shipped, list });
    await it.destroy();
    expect(state.allowlist).toEqual({ ...partners, list: [] });
  });

  test.each([
    ["empty", { ...partners, list: [] }],
    ["keep", partners],
    ["restore", shipped],
  ])("deleting it with onDelete %s leaves %j", async (onDelete, expected) => {
    const { it, state } = await withAllowlist();
    await it.up({ ...partners, onDelete });
    await it.destroy();
    expect(state.allowlist).toEqual(expected);
  });

  test("nothing is sent where nothing differs", async () => {
    const { it, writes } = await withAllowlist();
    await it.up({ list: [] });
    await it.up({ list: [], onDelete: "empty" });
    await it.destroy();
    expect(writes()).toEqual([]);
  });

  test("it can be emptied", async () => {
    const { it, state } = await withAllowlist();
    await it.up({ list });
    expect(await it.up({ list: [] })).toBe("update");
    expect(state.allowlist).toEqual(shipped);
  });

  test("what the server writes in another form, or order, is no drift", async () => {
    const { it, state, writes } = await withAllowlist();
    const program = { list: ["2001:db8::1", "10.20.3.0/24", "10.20.2.10"] };
    await it.up(program);
    state.allowlist.list = ["10.20.2.10/32", "2001:db8:0:0:0:0:0:1", "10.20.3.7/24"];
    expect(await it.refresh()).toEqual([]);
    expect(await it.up(program)).toBe("same");
    expect(writes()).toHaveLength(1);
  });

  test("an entry that somebody adds is drift, and goes", async () => {
    const { it, state } = await withAllowlist();
    await it.up({ list });
    state.allowlist.list.push("0.0.0.0/0");
    expect(await it.refresh()).toMatchObject([{ property: "list", kind: "update" }]);
    await it.up({ list });
    expect(state.allowlist.list).toEqual(list);
  });
});

describe("there is one for the whole system", () => {
  test("one that is not empty is not taken silently: the error says why, and how to go on", async () => {
    const { it, state, engine } = await withAllowlist();
    state.allowlist = { ...partners };
    const error = await it.up({ list }).catch(({ message }: Error) => message);
    expect(error).toContain("it is not empty but has 1 entry: the whole system has only this one");
    expect(error).toContain("pulumi import tenantry:hyperstore:Allowlist it 'Default-WL'");
    expect([state.allowlist, it.state()]).toEqual([partners, undefined]);

    const adopting = engine(Allowlist, { env: { TENANTRY_ADOPT: "1" } });
    await adopting.up({ list });
    expect(state.allowlist).toEqual({ ...shipped, list });
    await adopting.destroy();
    expect(state.allowlist).toEqual(partners);
  });

  test("of an imported one, a delete restores what was imported", async () => {
    const { it, state } = await withAllowlist();
    state.allowlist = { ...partners };
    expect(await it.import("Default-WL")).toMatchObject({ inputs: partners });
    await it.up({ ...partners, list });
    expect(state.allowlist).toEqual({ ...partners, list });
    await it.destroy();
    expect(state.allowlist).toEqual(partners);
  });

  test("no other can be imported", async () => {
    const { it } = await withAllowlist();
    expect(await it.import("Other-WL")).toBeUndefined();
  });
});

describe("the rating plan", () => {
  test("must exist, which the server does not ask for", async () => {
    const { it, writes } = await withAllowlist();
    await expect(it.up({ list, ratingPlanId: "none" })).rejects.toThrow(/"none": there is no such plan/);
    expect(writes()).toEqual([]);
    expect(await it.up({ list })).toBe("update");
  });

  test("that was there before is put back, even if it is gone", async () => {
    const { it, state } = await withAllowlist();
    state.allowlist = { ...partners, list: [], ratingPlanId: "Old-RP" };
    await it.up({ list });
    await it.destroy();
    expect(state.allowlist.ratingPlanId).toBe("Old-RP");
  });
});

describe("before 7.4", () => {
  test("it goes by its old name", async () => {
    const { it, state, requests, ask } = await withAllowlist({ version: "7.3" });
    await it.up({ list });
    expect(state.allowlist.list).toEqual(list);
    expect(await it.refresh()).toEqual([]);
    expect(await ask(getAllowlist)).toEqual({ ...shipped, list });
    await it.destroy();
    expect(state.allowlist).toEqual(shipped);
    const paths = requests.filter(({ status }) => status === 200).map(({ path }) => path);
    expect(paths).toContain("/whitelist");
    expect(paths).not.toContain("/allowlist");
  });

  test("today's name is the one that an error names", async () => {
    const { it, faults } = await withAllowlist({ version: "7.3" });
    faults.add({ kind: "404", match: { path: "/whitelist" } });
    await expect(it.up({ list })).rejects.toThrow(/GET \/allowlist.* HyperStore 7\.3 has no such method/);
  });
});

test("getAllowlist answers what the server has", async () => {
  const { ask, state } = await withAllowlist();
  state.allowlist = { ...partners, list: ["10.20.3.7/24"] };
  expect(await ask(getAllowlist)).toEqual({ ...partners, list: ["10.20.3.7/24"] } satisfies Properties);
});
