import { test as base } from "vitest";
import {
  type HyperStoreEmulator,
  type HyperStoreOptions,
  startHyperStore,
} from "../../../emulator/hyperstore/index.ts";
import { createStack, type Stack } from "./stack.ts";

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

/** The requests that could change something, in their order, as "DELETE /user". */
export const writes = ({ requests }: HyperStoreEmulator): string[] =>
  requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);

/** Forgets the requests until now and runs; gives the writes of the run along. */
export async function writing<T>(store: HyperStoreEmulator, run: () => Promise<T>) {
  store.requests.length = 0;
  const result = await run();
  return { ...result, writes: writes(store) };
}

/** The URN of a resource of the stack by its name. */
export async function urnOf(stack: Stack, name: string): Promise<string> {
  const { resources } = await stack.exported();
  const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
  if (!found) throw new Error(`the state has no ${name}`);
  return found.urn;
}
