import { expect } from "vitest";
import { startHyperStore } from "../../emulator/hyperstore/index.ts";
import { testOn, writing } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import { userIn } from "./support/store.ts";

const test = testOn();

const program = () => [
  group("QA", { groupName: "Quality" }),
  user("${QA.groupId}", "John", { initialCredential: "remove", fileEndpoints: "pool" }),
  credential("key", "QA", "${John.userId}"),
];

test("the nightly job is silent while nothing changes, and sends no write", async ({ stack, store }) => {
  stack.declare(...program());
  await stack.up();
  const night = await writing(store, () => stack.detectDrift());
  expect(night).toMatchObject({ code: 0, writes: [] });
});

test("the nightly job ends with 7 when something drifted, and again until it is repaired", async ({
  stack,
  store,
}) => {
  stack.declare(...program());
  await stack.up();
  const held = (await stack.exported()).text;
  Object.assign(userIn(store, "QA", "John") ?? {}, { fullName: "Somebody" });
  for (const _night of ["first", "second"]) {
    const night = await writing(store, () => stack.detectDrift("--diff"));
    expect(night).toMatchObject({ code: 7, writes: [] });
    expect(night.output).toContain("fullName");
  }
  expect((await stack.exported()).text).toBe(held);
});

test("the nightly job ends with 7 when an object is gone", async ({ stack, store }) => {
  stack.declare(...program(), group("Gone"));
  await stack.up();
  store.state.groups.delete("Gone");
  const night = await writing(store, () => stack.detectDrift());
  expect(night).toMatchObject({ code: 7, writes: [], output: expect.stringContaining("1 to create") });
});

test("the nightly job ends with an error, never with 7, when the server is down", async ({ stack }) => {
  const server = await startHyperStore();
  stack.env.HYPERSTORE_ENDPOINT = server.url;
  stack.declare(...program());
  await stack.up();
  await server.close();
  const night = await stack.detectDrift();
  expect([1, 255]).toContain(night.code);
  expect(night.output).toContain("connection refused");
});

test("a renewed password and another node of the same system are no drift", async ({ stack, store }) => {
  stack.declare(
    { type: "provider", name: "explicit" },
    group("QA", {}, { options: { provider: "explicit" } }),
  );
  await stack.up();
  const renewed = await startHyperStore({ password: "renewed" });
  try {
    Object.assign(renewed.state, store.state);
    Object.assign(stack.env, { HYPERSTORE_ENDPOINT: renewed.url, HYPERSTORE_PASSWORD: renewed.password });
    expect(await stack.detectDrift()).toMatchObject({ code: 0 });
    expect(renewed.requests.length).toBeGreaterThan(0);
  } finally {
    await renewed.close();
  }
});
