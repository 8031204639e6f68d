import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type HyperStoreEmulator, startHyperStore } from "../../emulator/hyperstore/index.ts";
import { group, user } from "./support/program.ts";
import { createStack, type Stack } from "./support/stack.ts";

let store: HyperStoreEmulator;
let stack: Stack;
beforeAll(async () => {
  store = await startHyperStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  store.reset();
  stack = await createStack({ env: { HYPERSTORE_ENDPOINT: store.url, HYPERSTORE_PASSWORD: store.password } });
});
afterEach(() => stack.close());

test("a first up makes everything, a second changes nothing", async () => {
  stack.declare(group("QA"), user("${QA.groupId}", "John", { fullName: "John Thompson" }));
  const first = await stack.up();
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("3 created") });
  store.requests.length = 0;
  const second = await stack.up("--expect-no-changes");
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining("3 unchanged") });
  expect(store.requests).toEqual([]);
});
