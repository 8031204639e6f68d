import { test as base, vi } from "vitest";
import {
  type HyperStoreEmulator,
  type HyperStoreOptions,
  startHyperStore,
} from "../../../emulator/hyperstore/index.ts";
import { createStack, type Stack } from "./stack.ts";

// Every command starts an engine, a program and a plugin: a second each on an idle machine, several on a busy one.
vi.setConfig({ testTimeout: 90_000 });

/** A `test` with one HyperStore for the whole file, fresh for each test, and a stack that it is configured for. */
export const testOn = (options: HyperStoreOptions = {}) =>
  base
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads off the pattern which fixtures are needed
    .extend("system", { scope: "file" }, async ({}, { onCleanup }) => {
      const system = await startHyperStore(options);
      onCleanup(() => system.close());
      return system;
    })
    .extend("store", ({ system }) => {
      system.reset();
      return system;
    })
    .extend("stack", async ({ store }, { onCleanup }) => {
      const stack = await createStack({ env: environmentOf(store) });
      onCleanup(() => stack.close());
      return stack;
    });

export const environmentOf = ({ url, user, password }: HyperStoreEmulator) => ({
  HYPERSTORE_ENDPOINT: url,
  HYPERSTORE_USERNAME: user,
  HYPERSTORE_PASSWORD: password,
});

/** Runs and gives along the requests of the run that could change something, in their order, as "DELETE /user". */
export async function writing<T>(store: HyperStoreEmulator, run: () => Promise<T>) {
  store.requests.length = 0;
  const result = await run();
  const writes = store.requests.filter(({ method }) => method !== "GET");
  return { ...result, writes: writes.map(({ method, path }) => `${method} ${path}`) };
}

/** The URN of a resource of the stack by its name. */
export async function urnOf(stack: Stack, name: string): Promise<string> {
  const { resources } = await stack.exported();
  const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
  if (!found) throw new Error(`the state has no ${name}`);
  return found.urn;
}
