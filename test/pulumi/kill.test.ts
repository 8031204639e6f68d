import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { testOn } from "./support/hyperstore.ts";
import { alive, pluginsOf } from "./support/processes.ts";
import { credential, group, user } from "./support/program.ts";
import type { Stack } from "./support/stack.ts";
import { keysOf, usersIn, writesTo } from "./support/store.ts";

const test = testOn({ latencyMs: 100 });

const names = Array.from({ length: 50 }, (_, index) => `user-${index + 1}`);
const keyed = names.slice(0, 10);
const exported = { export: ["accessKey", "secretKey"] };
const program = () => [
  group("QA"),
  ...names.slice(0, 20).map((name) => user(`\${QA.groupId}`, name)),
  ...keyed.map((name) => credential(`key-${name}`, "QA", `\${${name}.userId}`, {}, exported)),
  // Late, so that keys are made in the middle and not at the end.
  ...names.slice(20).map((name) => user("QA", name, {}, { options: { dependsOn: ["key-user-1"] } })),
];
const adopt = (stack: Stack) => {
  stack.env.TENANTRY_ADOPT = "1";
  return stack.up().finally(() => delete stack.env.TENANTRY_ADOPT);
};
const canonicalIds = (store: HyperStoreEmulator) =>
  Object.fromEntries(usersIn(store, "QA").map(({ userId, canonicalUserId }) => [userId, canonicalUserId]));

/** Of what the server has, what the state does not know. */
const unknownToTheState = async (store: HyperStoreEmulator, stack: Stack) => {
  const { resources, pending } = await stack.exported();
  const ids = resources.map(({ id }) => id);
  return { pending, users: Object.keys(canonicalIds(store)).filter((name) => !ids.includes(`QA/${name}`)) };
};

const everythingIsThereOnce = async (
  store: HyperStoreEmulator,
  stack: Stack,
  before: Record<string, string>,
) => {
  expect(canonicalIds(store)).toMatchObject(before);
  expect(Object.keys(canonicalIds(store)).sort()).toEqual([...names].sort());
  expect(writesTo(store).filter((write) => write === "PUT /user 200")).toHaveLength(50);
  const outputs = await stack.outputs();
  for (const name of names) {
    const [, ...ours] = keysOf(store, "QA", name); // the first is the system's own
    const known = {
      accessKey: outputs[`key-${name}_accessKey`],
      secretKey: outputs[`key-${name}_secretKey`],
    };
    expect(ours).toMatchObject(keyed.includes(name) ? [known] : []);
  }
  expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
};

test("after its plugin was killed, up names what exists, and adopts it when told to", async ({
  store,
  stack,
}) => {
  stack.declare(...program());
  // The server acts, and the answer is still under way when the plugin dies.
  store.faults.add(
    { kind: "timeout-after", match: { method: "PUT", path: "/user" }, nth: 12, times: 3 },
    { kind: "timeout-after", match: { method: "POST", path: "/user/credentials" }, nth: 3, times: 2 },
  );
  const { child, done } = stack.start("up", "--yes", "--skip-preview");
  const held = () => store.requests.filter(({ fault, status }) => fault && status === 200);
  await vi.waitFor(() => expect(held()).toHaveLength(5), 20_000);
  const [plugin = 0] = pluginsOf(child.pid);
  process.kill(plugin, "SIGKILL");
  expect(await done).toMatchObject({ code: 1 });
  store.faults.clear();
  const before = canonicalIds(store);
  expect(Object.keys(before).length).toBeLessThan(50);
  const { users, pending } = await unknownToTheState(store, stack);
  expect(pending).toEqual([]);
  expect(users.length).toBeGreaterThanOrEqual(3);

  const refused = await stack.up("--continue-on-error");
  expect(refused.code).toBe(1);
  const lines = [...refused.output.matchAll(/^ .*?(pulumi import \S+ \S+ '\S+')$/gm)].map(([, line]) => line);
  expect(new Set(lines)).toEqual(
    new Set(users.map((name) => `pulumi import tenantry:hyperstore:User ${name} 'QA/${name}'`)),
  );

  expect(await adopt(stack)).toMatchObject({ code: 0 });
  await everythingIsThereOnce(store, stack, before);
}, 60_000);

test("after the engine was killed, nothing writes any more, and there is a way back", async ({
  store,
  stack,
}) => {
  stack.declare(...program());
  const { child, done } = stack.start("up", "--yes", "--skip-preview");
  await vi.waitFor(() => expect(usersIn(store, "QA").length).toBeGreaterThan(25), 20_000);
  const plugins = pluginsOf(child.pid);
  expect(plugins).toHaveLength(1);
  child.kill("SIGKILL");
  const killed = Date.now();
  await vi.waitFor(() => expect(alive(plugins)).toEqual([]), 3000);
  expect(store.requests.filter(({ at }) => at > killed + 1000)).toEqual([]);
  await done;
  const before = canonicalIds(store);
  expect(Object.keys(before).length).toBeLessThan(50);

  // The worst moment, which a kill hits now and then: this file alone is not written in one piece.
  const attributes = join(stack.directory, "state/.pulumi/stacks/test/dev.json.attrs");
  truncateSync(attributes);
  expect(await stack.up()).toMatchObject({ code: 1, output: expect.stringContaining("checkpoint: EOF") });
  rmSync(attributes);
  expect(await stack.up()).toMatchObject({ code: 1, output: expect.stringContaining("locked") });
  expect(await stack.run("cancel", "--yes")).toMatchObject({ code: 0 });
  const { pending, users } = await unknownToTheState(store, stack);
  expect(pending).toContainEqual(expect.objectContaining({ type: "creating" }));
  expect(users.length).toBeGreaterThan(0);
  expect(await adopt(stack)).toMatchObject({ code: 0 });
  // Without this every run goes on warning of them.
  const clear = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"];
  expect(await stack.run(...clear)).toMatchObject({ code: 0 });
  expect((await unknownToTheState(store, stack)).pending).toEqual([]);
  await everythingIsThereOnce(store, stack, before);
}, 60_000);
