import { expect } from "vitest";
import type { Fault } from "../../emulator/kit/faults.ts";
import { testOn } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import { keysOf, usersIn, writesTo } from "./support/store.ts";

const test = testOn();

const names = Array.from({ length: 8 }, (_, index) => `user-${index + 1}`);
const hit = (kind: Fault["kind"], method: string, path: string, nth: number, times = 1): Fault => ({
  kind,
  match: { method, path },
  nth,
  times,
  ...(kind === "503" && { retryAfter: 1 }),
});

test("a busy server and a bad line cost time, and nothing else", async ({ store, stack }) => {
  store.faults.add(
    hit("503", "PUT", "/group", 1),
    hit("reset-before", "PUT", "/group", 2),
    hit("503", "PUT", "/user", 2, 3),
    // Nobody knows whether these took effect: the one did, the other did not.
    hit("reset-after", "PUT", "/user", 6, 2),
    hit("reset-before", "PUT", "/user", 9),
    hit("cut-json", "PUT", "/user", 10),
    hit("reset-after", "POST", "/user/credentials", 2, 2),
    hit("reset-before", "POST", "/user/credentials", 5),
    hit("503", "GET", "/user/credentials/list", 1, 2),
    hit("reset-before", "GET", "/user/credentials/list", 3, 2),
  );
  stack.declare(
    group("QA"),
    ...names.map((name) => user(`\${QA.groupId}`, name)),
    ...names.map((name) => credential(`key-${name}`, "QA", `\${${name}.userId}`)),
  );
  const { code, output } = await stack.up();
  expect(output).not.toContain("error");
  expect(code).toBe(0);
  expect(store.requests.filter(({ fault }) => fault)).toHaveLength(16);
  const done = writesTo(store)
    .filter((write) => write.endsWith(" 200"))
    .sort();
  const each = (write: string, count: number) => Array.from({ length: count }, () => write);
  expect(done).toEqual([
    ...each("POST /user/credentials 200", 8),
    ...each("PUT /group 200", 1),
    ...each("PUT /user 200", 8),
  ]);
  expect(usersIn(store, "QA")).toHaveLength(8);
  for (const name of names) expect(keysOf(store, "QA", name)).toHaveLength(2);
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
}, 60_000);

test("a server that does not answer ends in one clear error, in time, and the next up looks what came of it", async ({
  store,
  stack,
}) => {
  stack.env.HYPERSTORE_REQUEST_TIMEOUT = "0.5";
  stack.declare(group("QA", {}, { options: { customTimeouts: { create: "2s" } } }));
  const hung = async () => {
    store.requests.length = 0;
    const { code, output } = await stack.up();
    const errors = output.slice(output.indexOf("Diagnostics:")).match(/gave up after .*/g) ?? [];
    const times = store.requests.map(({ at }) => at);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(2500);
    return { code, errors };
  };

  store.faults.add({ kind: "timeout-before", nth: "every" });
  const message = expect.stringMatching(/no answer in time.*raise customTimeouts$/);
  expect(await hung()).toEqual({ code: 1, errors: [message] });
  expect((await stack.exported()).resources.map(({ id }) => id)).not.toContain("QA");

  store.faults.clear();
  const match = { path: "/group" };
  store.faults.add({ kind: "timeout-after", match: { ...match, method: "PUT" }, nth: "every" });
  store.faults.add({ kind: "timeout-before", match: { ...match, method: "GET" }, nth: "every" });
  expect(await hung()).toEqual({ code: 1, errors: [message] });
  expect((await stack.exported()).resources).toContainEqual(
    expect.objectContaining({ id: "QA", initErrors: [expect.stringContaining("whether it took effect")] }),
  );

  store.faults.clear();
  store.requests.length = 0;
  expect(await stack.up()).toMatchObject({ code: 0 });
  expect(writesTo(store)).toEqual([]);
  expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
}, 60_000);
