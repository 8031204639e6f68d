import { expect, test } from "vitest";
import { createSession } from "../../provider/resource/session.ts";
import type { System } from "../../provider/resource/system.ts";
import { system } from "./sample.ts";

const open = () => createSession({ env: {}, log: () => {} });

test("new settings are a new beginning: nothing is remembered of what was met under the old ones", () => {
  const session = open();
  const memory = Object.values(session).filter((each) => each instanceof Map || each instanceof Set);
  expect(memory.length).toBeGreaterThan(3);
  for (const each of memory) {
    if (each instanceof Map) each.set("a", "b");
    else each.add("a");
  }
  session.configure({});
  expect(memory.map(({ size }) => size)).toEqual(memory.map(() => 0));
});

test("new settings open new connections, and close those that there are", () => {
  const opened: { endpoint: unknown; closed: boolean }[] = [];
  const counted: System = {
    ...system,
    connect({ endpoint }) {
      const connection = { endpoint, closed: false };
      opened.push(connection);
      return {
        client: () => connection,
        fingerprint: async () => "one",
        close: async () => {
          connection.closed = true;
        },
      };
    },
  };
  const session = open();
  expect(session.problem(counted)).toMatch(/not configured/);
  for (const endpoint of ["https://one", "https://two"]) {
    session.configure({ sampleEndpoint: endpoint, sampleSecretKey: "s" });
    expect(session.problem(counted)).toBeUndefined();
    expect(session.connection(counted)).toBe(session.connection(counted));
  }
  expect(opened).toEqual([
    { endpoint: "https://one", closed: true },
    { endpoint: "https://two", closed: false },
  ]);
});

test.each([
  ["customTimeouts, in seconds", 5, 5_000],
  ["none, which is 0 on the wire", 0, 20 * 60_000],
  ["none", undefined, 20 * 60_000],
])("a call has as long as it says: %s", (_, timeout, milliseconds) => {
  const left = open().scope(undefined, timeout).deadline - Date.now();
  expect(left).toBeGreaterThan(milliseconds - 1000);
  expect(left).toBeLessThanOrEqual(milliseconds);
});
