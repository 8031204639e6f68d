import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HyperStoreEmulator, startHyperStore } from "../../emulator/hyperstore/index.ts";
import { environmentOf, writing } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import { createStack, type Stack } from "./support/stack.ts";
import { groupIn } from "./support/store.ts";

/** A program of ours that answers every request alike, as a proxy or a console does. */
async function startPage(status: number): Promise<{ url: string; server: Server }> {
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "text/html" }).end("<html><h1>Welcome</h1></html>");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

let store: HyperStoreEmulator;
let other: HyperStoreEmulator;
let secure: HyperStoreEmulator;
let pages: Awaited<ReturnType<typeof startPage>>[];
let stack: Stack;
const program = () => [
  group("QA", { groupName: "Quality" }),
  user("${QA.groupId}", "John"),
  credential("key", "QA", "${John.userId}"),
];
beforeAll(async () => {
  [store, other, secure] = await Promise.all([
    startHyperStore(),
    startHyperStore({ licenseNumber: "999999999999999999" }),
    startHyperStore({ tls: true }),
  ]);
  pages = await Promise.all([startPage(200), startPage(404)]);
  stack = await createStack({ env: environmentOf(store) });
  stack.declare(...program());
  const up = await stack.up();
  if (up.code !== 0) throw new Error(up.output);
});
afterAll(async () => {
  await Promise.all([store, other, secure].map((each) => each.close()));
  for (const { server } of pages) server.close();
  await stack.close();
});

/** What the environment gets wrong, and the words that tell how to put it right. */
const mistakes = [
  {
    what: "nothing listens",
    env: () => ({ HYPERSTORE_ENDPOINT: "http://127.0.0.1:1" }),
    says: ["connection refused", "port right?"],
  },
  {
    what: "the password is wrong",
    env: () => ({ HYPERSTORE_PASSWORD: "wrong" }),
    says: ["401", "HYPERSTORE_PASSWORD"],
  },
  {
    what: "a web page answers",
    env: () => ({ HYPERSTORE_ENDPOINT: pages[0]?.url ?? "" }),
    says: ["web page", "Check hyperstoreEndpoint"],
  },
  {
    what: "every path is unknown",
    env: () => ({ HYPERSTORE_ENDPOINT: pages[1]?.url ?? "" }),
    says: ["404", "Check hyperstoreEndpoint"],
  },
  {
    what: "the certificate is not trusted",
    env: () => ({ HYPERSTORE_ENDPOINT: secure.url }),
    says: ["certificate", "caCert"],
  },
  {
    what: "the port speaks TLS",
    env: () => ({ HYPERSTORE_ENDPOINT: secure.url.replace("https", "http") }),
    says: ["https://"],
  },
  {
    what: "it is another system",
    env: () => environmentOf(other),
    says: ["another system", "license 999999999999999999", "Point the provider at the first one"],
  },
];

test.each(mistakes)("when $what, a refresh says so and loses nothing", async ({ env, says }) => {
  const right = { ...stack.env };
  const { resources } = await stack.exported();
  Object.assign(stack.env, env());
  try {
    const refresh = await stack.run("refresh", "--yes", "--skip-preview");
    expect(refresh.code).not.toBe(0);
    for (const words of says) expect(refresh.output).toContain(words);
  } finally {
    Object.assign(stack.env, right);
  }
  expect((await stack.exported()).resources.map(({ id }) => id)).toEqual(resources.map(({ id }) => id));
  const up = await writing(store, () => stack.up("--refresh", "--expect-no-changes"));
  expect(up).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("4 unchanged") });
});

describe("in another system, objects of the same names", () => {
  test.each([
    { what: "changed", program: () => [group("QA", { groupName: "New" }), ...program().slice(1)] },
    { what: "deleted", program: () => [group("QA", { groupName: "Quality" })] },
  ])("are not $what", async ({ program: next }) => {
    const right = { ...stack.env };
    Object.assign(other.state, structuredClone(store.state));
    Object.assign(stack.env, environmentOf(other));
    stack.declare(...next());
    try {
      const up = await writing(other, () => stack.up());
      expect(up.code).not.toBe(0);
      expect(up).toMatchObject({ writes: [], output: expect.stringContaining("another system") });
    } finally {
      Object.assign(stack.env, right);
      stack.declare(...program());
    }
    expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
    expect(groupIn(store, "QA")).toMatchObject({ groupName: "Quality" });
  });
});
