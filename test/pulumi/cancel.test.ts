import { expect, vi } from "vitest";
import { testOn } from "./support/hyperstore.ts";
import { alive, pluginsOf } from "./support/processes.ts";
import { credential, group, user } from "./support/program.ts";
import type { Stack } from "./support/stack.ts";
import { keysOf, usersIn, writesTo } from "./support/store.ts";

const test = testOn({ latencyMs: 100, deletionDelayMs: 60_000 });

/** Ctrl-C once `ripe`; gives how the run ended, and which plugins outlived it. */
async function interrupted(stack: Stack, command: string, ripe: () => void) {
  const { child, done } = stack.start(command, "--yes", "--skip-preview");
  await vi.waitFor(ripe, 20_000);
  const plugins = pluginsOf(child.pid);
  expect(plugins).toHaveLength(1);
  // A terminal sends it to the whole group in the foreground.
  process.kill(-(child.pid ?? 0), "SIGINT");
  const began = Date.now();
  const result = await done;
  expect(Date.now() - began).toBeLessThan(5000);
  return { ...result, left: alive(plugins) };
}

test("an up that is cancelled keeps all that it made, and the next one goes on", async ({ store, stack }) => {
  const names = Array.from({ length: 40 }, (_, index) => `user-${index + 1}`);
  stack.declare(
    group("QA"),
    ...names.map((name) => user(`\${QA.groupId}`, name, { initialCredential: "remove" })),
    ...names.slice(0, 5).map((name) => credential(`key-${name}`, "QA", `\${${name}.userId}`)),
  );
  const stopped = await interrupted(stack, "up", () =>
    expect(usersIn(store, "QA").length).toBeGreaterThan(15),
  );
  expect(stopped).toMatchObject({
    code: 1,
    left: [],
    output: expect.stringContaining("cancelled before it was sent"),
  });

  const { resources, pending } = await stack.exported();
  const made = usersIn(store, "QA").map(({ userId }) => `QA/${userId}`);
  expect(made.length).toBeLessThan(40);
  expect(pending).toEqual([]);
  expect(resources.flatMap(({ type, id }) => (type.endsWith(":User") ? [id] : [])).sort()).toEqual(
    made.sort(),
  );

  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(usersIn(store, "QA")).toHaveLength(40);
  expect(writesTo(store).filter((write) => write === "PUT /user 200")).toHaveLength(40);
  for (const [index, name] of names.entries())
    expect(keysOf(store, "QA", name)).toHaveLength(index < 5 ? 1 : 0);
  expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
}, 60_000);

test("a deletion that is waited for can be cancelled, and the next up waits for it again", async ({
  store,
  stack,
}) => {
  stack.declare(group("QA"), user(`\${QA.groupId}`, "John"));
  expect(await stack.up()).toMatchObject({ code: 0 });
  stack.declare(group("QA"));
  const waits = () =>
    expect(store.requests.filter(({ query }) => query.userStatus === "deleting").length).toBeGreaterThan(1);
  const stopped = await interrupted(stack, "up", waits);
  expect(stopped).toMatchObject({
    code: 1,
    left: [],
    output: expect.stringContaining("cancelled while waiting for user QA/John to be deleted"),
  });
  const { resources, pending } = await stack.exported();
  expect(resources.map(({ id }) => id)).toContain("QA/John");
  expect(pending).toEqual([]);

  store.requests.length = 0;
  const { done } = stack.start("up", "--yes", "--skip-preview");
  await vi.waitFor(waits, 20_000);
  for (const each of store.state.users.values()) if (each.deletedAt) each.deletedAt = Date.now();
  expect(await done).toMatchObject({ code: 0, output: expect.stringContaining("1 deleted") });
  expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
}, 60_000);
