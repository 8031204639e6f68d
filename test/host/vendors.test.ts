import { cpSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { vendors } from "../../provider/catalog.ts";
import { createHost } from "../../provider/host/plugin/host.ts";
import { executable, startPlugin } from "./plugin-process.ts";

function hostWith() {
  const loads = { hyperstore: vi.fn(vendors.hyperstore), ceph: vi.fn(vendors.ceph) };
  const host = createHost({ vendors: loads, version: "1.2.3", schema: async () => "{}" }, {});
  const loaded = () =>
    Object.entries(loads).flatMap(([name, { mock }]) => (mock.calls.length > 0 ? [name] : []));
  return { host, loaded };
}

test("a vendor is loaded with the first of its resources, functions or settings", async () => {
  const { host, loaded } = hostWith();
  await host.schema();
  await expect(host.systems(["version"])).resolves.toEqual([]);
  expect(loaded()).toEqual([]);
  await host.resource("urn:pulumi:dev::test::tenantry:ceph:User::ada");
  expect(loaded()).toEqual(["ceph"]);
  const [system] = await host.systems(["hyperstoreEndpoint"]);
  expect(system?.name).toBe("hyperstore");
  expect(loaded()).toEqual(["hyperstore", "ceph"]);
  await expect(host.function("tenantry:hyperstore:getUser")).resolves.toBeDefined();
});

test("a setting of no vendor is compared with those of all", async () => {
  const { host } = hostWith();
  const systems = await host.systems(["hiperstoreEndpoint"]);
  expect(systems.map(({ name }) => name)).toEqual(["hyperstore", "ceph"]);
});

test.each(["constructor", "hyperstore"])("there is nothing of a stranger, such as '%s'", async (name) => {
  const { host } = hostWith();
  const token = `tenantry:${name}:Nothing`;
  const message = `tenantry 1.2.3 has no resource "${token}"`;
  await expect(host.resource(`urn:pulumi:dev::test::${token}::x`)).rejects.toThrow(message);
  await expect(host.function(token)).rejects.toThrow(`no function "${token}"`);
});

test.each<[string, (file: string) => void]>([
  ["cut", (file) => truncateSync(file, 1000)],
  ["of another Node", (file) => writeFileSync(file, Buffer.alloc(5000, 7))],
  ["missing", (file) => rmSync(file)],
])("a code cache that is %s is passed over in silence", async (_, spoil) => {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-cache-"));
  cpSync(dirname(executable), folder, { recursive: true });
  const caches = readdirSync(join(folder, "cache"), { recursive: true, withFileTypes: true });
  for (const each of caches) if (each.isFile()) spoil(join(each.parentPath, each.name));
  const plugin = await startPlugin({}, undefined, join(folder, "pulumi-resource-tenantry"));
  expect(plugin.stderr()).toBe("");
  await plugin.close();
  rmSync(folder, { recursive: true });
});
