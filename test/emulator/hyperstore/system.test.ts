import { afterEach, describe, expect, it, vi } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { giveBucket, outcome, start, withJohn } from "./harness.ts";

describe("the system", () => {
  it("tells its version as plain text (11.14)", async () => {
    const { send } = await start({ version: "8.1.1" });
    const reply = await send("GET", "/system/version");
    expect([reply.text, reply.type]).toEqual([
      "8.1.1 Compiled: 2024-08-16 16:32",
      "text/plain;charset=UTF-8",
    ]);
  });

  it("tells its licence (11.10)", async () => {
    const { send, state } = await start({ licenseNumber: "42" });
    edit(state, { action: "changeCluster", cluster: { license: { maxNetStorage: "200T" } } });
    expect((await send("GET", "/system/license")).json()).toMatchObject({
      licenseNumber: "42",
      storageMode: "NET",
      maxNetStorage: "200T",
    });
  });

  it("lists a group's buckets (11.3)", async () => {
    const { send, state } = await withJohn();
    const query = { groupId: "QA" };
    expect((await send("GET", "/system/bucketlist", { query })).status).toBe(204);
    giveBucket({ state }, "b1", { createTime: "1554755537223", tags: { a: "b" } });
    giveBucket({ state }, "b2");
    const [owner, ...others] = (await send("GET", "/system/bucketlist", { query })).json();
    expect(others).toEqual([]);
    expect(owner.userId).toBe("John");
    expect(owner.buckets).toEqual([
      { bucketName: "b1", createTime: "1554755537223", region: "region1", policyName: "rf3" },
      expect.objectContaining({ bucketName: "b2", createTime: expect.stringMatching(/^\d{13}$/) }),
    ]);
    expect(outcome(await send("GET", "/system/bucketlist"))).toBe(
      "400 Missing required parameter: {groudId}",
    );
  });

  it("lists the data centres of a region and their nodes (11.7)", async () => {
    const { send, state } = await start();
    state.regions.push("north");
    const nodes = [
      ...state.cluster.nodes,
      { hostname: "n1", address: "10.0.0.1", region: "north", dataCenter: "DC2" },
    ];
    edit(state, { action: "changeCluster", cluster: { nodes } });
    const get = (query = {}) => send("GET", "/system/dcnodelist", { query });
    expect((await get()).json()).toEqual({ DC1: ["centos7-vm1", "centos7-vm2", "centos7-vm3"] });
    expect((await get({ region: "north" })).json()).toEqual({ DC2: ["n1"] });
    expect(outcome(await get({ region: "south" }))).toBe("400 Invalid parameter: region=south");
  });

  it.each([
    ["DISABLED", true, "false"],
    ["COMPATIBLE", false, "true"],
    ["CERTIFIED", false, "false"],
    ["CERTIFIED", true, "true"],
  ] as const)(
    "with the licence for %s Object Lock, hardened: %s, has it enabled: %s (11.12)",
    async (objectLockMode, hardened, expected) => {
      const { send, state } = await start();
      edit(state, { action: "changeCluster", cluster: { hardened, license: { objectLockMode } } });
      expect(outcome(await send("GET", "/system/objectlockenabled"))).toBe(`200 ${expected}`);
    },
  );

  it("takes a request to count its users anew (11.16)", async () => {
    const { send } = await start();
    expect(outcome(await send("POST", "/system/repairusercount"))).toBe("200 ");
  });
});

describe("the audit data (11.1)", () => {
  afterEach(() => void vi.useRealTimers());

  it("are of the last full hour, unless updated", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2030, 0, 1, 10, 20) });
    const emulator = await withJohn();
    const get = async (query = {}) => (await emulator.send("GET", "/system/audit", { query })).json();
    const ten = { timestamp: Date.UTC(2030, 0, 1, 10), userCount: 2 };
    expect(await get()).toMatchObject({ ...ten, byteCount: 0, objectCount: 0 });
    giveBucket(emulator, "b", { byteCount: 7, objectCount: 2, tieredBytes: 5 });
    expect(await get()).toMatchObject({ ...ten, byteCount: 0 });
    expect(outcome(await emulator.send("POST", "/system/audit"))).toBe("200 ");
    expect(await get()).toEqual({
      byteCount: 7,
      bytesInCount: 0,
      bytesOutCount: 0,
      licenseExpiration: Date.UTC(2099, 0, 1),
      nodes: [{ name: "10.50.50.201" }, { name: "10.50.50.202" }, { name: "10.50.50.203" }],
      objectCount: 2,
      os: "Linux 3.10.0-957.1.3.el7.x86_64 amd64",
      tieredBytesCount: 5,
      ...ten,
    });
    edit(emulator.state, { action: "changeBucket", bucketName: "b", bucket: { byteCount: 8 } });
    vi.setSystemTime(Date.UTC(2030, 0, 1, 11, 0, 1));
    expect(await get()).toMatchObject({ byteCount: 8, timestamp: Date.UTC(2030, 0, 1, 11) });
  });

  it("are of one region when asked for", async () => {
    const emulator = await withJohn();
    emulator.state.regions.push("East");
    giveBucket(emulator, "b1", { byteCount: 7 });
    giveBucket(emulator, "b2", { byteCount: 1, region: "East" });
    const get = (query = {}) => emulator.send("GET", "/system/audit", { query });
    expect((await get()).json().byteCount).toBe(8);
    expect((await get({ region: "East" })).json()).toMatchObject({ byteCount: 1, nodes: [] });
    expect(outcome(await get({ region: "West" }))).toBe("400 Region West is not valid");
  });
});
