import { expect, test } from "vitest";
import { edit } from "../../../emulator/hyperstore/edit.ts";
import { getLicense } from "../../../provider/hyperstore/functions/license.ts";
import {
  getAudit,
  getDataCenters,
  getVersion,
  isObjectLockEnabled,
} from "../../../provider/hyperstore/functions/system.ts";
import { giveBucket } from "../../emulator/hyperstore/harness.ts";
import { withSession } from "../kit.ts";

test("the version and its date are told apart", async () => {
  const { ask } = await withSession({ version: "8.1.1" });
  expect(await ask(getVersion)).toEqual({ version: "8.1.1", compiled: "2024-08-16 16:32" });
});

test.each([
  ["DISABLED", false],
  ["COMPATIBLE", true],
  ["CERTIFIED", false],
] as const)("with a licence for %s Object Lock it is enabled: %s", async (objectLockMode, enabled) => {
  const { ask, state } = await withSession();
  edit(state, { action: "changeCluster", cluster: { license: { objectLockMode } } });
  expect(await ask(isObjectLockEnabled)).toEqual({ enabled });
});

test("data centres are listed with their nodes", async () => {
  const { ask, state } = await withSession();
  state.regions.push("north");
  const node = { hostname: "n1", address: "10.0.0.1", region: "north", dataCenter: "DC2" };
  state.cluster.nodes.push(node, { ...node, hostname: "n2", dataCenter: "DC3" });
  expect(await ask(getDataCenters)).toEqual({
    dataCenters: [{ name: "DC1", nodes: ["centos7-vm1", "centos7-vm2", "centos7-vm3"] }],
  });
  expect(await ask(getDataCenters, { region: "north" })).toEqual({
    dataCenters: [
      { name: "DC2", nodes: ["n1"] },
      { name: "DC3", nodes: ["n2"] },
    ],
  });
  await expect(ask(getDataCenters, { region: "south" })).rejects.toThrow("Invalid parameter: region=south");
});

test("audit data are counts, a time and addresses", async () => {
  const { ask, ...world } = await withSession();
  world.state.regions.push("East");
  giveBucket(world, "b", { byteCount: 647687490, objectCount: 13, tieredBytes: 5 });
  expect(await ask(getAudit)).toEqual({
    byteCount: 647687490,
    objectCount: 13,
    tieredByteCount: 5,
    userCount: 2,
    timestamp: expect.any(Number),
    licenseExpiration: Date.UTC(2099, 0, 1),
    nodes: ["10.50.50.201", "10.50.50.202", "10.50.50.203"],
    os: "Linux 3.10.0-957.1.3.el7.x86_64 amd64",
  });
  expect(await ask(getAudit, { region: "East" })).toMatchObject({ byteCount: 0, objectCount: 0, nodes: [] });
  await expect(ask(getAudit, { region: "West" })).rejects.toThrow("Region West is not valid");
  giveBucket(world, "huge", { byteCount: 2 ** 53 });
  await world.send("POST", "/system/audit");
  await expect(ask(getAudit)).rejects.toThrow(/the stored bytes is beyond/);
});

test("a licence has sizes, periods and flags", async () => {
  const { ask } = await withSession({ licenseNumber: "123456789012345678" });
  expect(await ask(getLicense)).toEqual({
    licenseNumber: "123456789012345678",
    licenseHolder: "Acme Enterprises",
    issued: 1586751232344,
    expiration: Date.UTC(2099, 0, 1),
    warnPeriodDays: 30,
    gracePeriodDays: 0,
    enforcing: true,
    storageMode: "NET",
    maxNetStorageGiB: 102400,
    storageExceeded: false,
    maxTieredStorageGiB: -1,
    tieringExceeded: false,
    objectLockMode: "DISABLED",
    hyperIQ: "90",
    phoneHomeBucket: "acmebucket",
    appliances: [],
  });
});

test("a licence for raw storage has that, and its appliances", async () => {
  const { ask, state } = await withSession();
  const appliances = [{ nodeId: "hyperstore1", maxStorage: "10T", productName: "HSA-1610" }];
  edit(state, {
    action: "changeCluster",
    cluster: {
      license: {
        appliances,
        storageMode: "RAW",
        maxNetStorage: null,
        maxRawStorage: "1030G",
        storageExceeded: true,
      },
    },
  });
  const license = await ask(getLicense);
  expect(license).toMatchObject({
    appliances,
    storageMode: "RAW",
    maxRawStorageGiB: 1030,
    storageExceeded: true,
  });
  expect(license).not.toHaveProperty("maxNetStorageGiB");
});

test.each([null, 0])("appliances that are %j are none", async (appliances) => {
  const { ask, state } = await withSession();
  edit(state, { action: "changeCluster", cluster: { license: { appliances: appliances as null } } });
  expect(await ask(getLicense)).toMatchObject({ appliances: [] });
});

test.each([
  [getVersion, "/system/version"],
  [getLicense, "/system/license"],
  [getAudit, "/system/audit"],
  [getDataCenters, "/system/dcnodelist"],
  [isObjectLockEnabled, "/system/objectlockenabled"],
] as const)("$0.token takes no web page for the system's answer", async (definition, path) => {
  const { ask, faults } = await withSession();
  faults.add({ kind: "html", match: { path } });
  await expect(ask(definition)).rejects.toThrow(/this is a web page.*Check hyperstoreEndpoint/);
});
