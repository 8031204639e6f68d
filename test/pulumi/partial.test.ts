import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type HyperStoreEmulator, startHyperStore } from "../../emulator/hyperstore/index.ts";
import type { Fault } from "../../emulator/kit/faults.ts";
import { credential, group, user } from "./support/program.ts";
import { createStack, type Stack } from "./support/stack.ts";
import { groupIn, keysOf, userIn, usersIn, writesTo } from "./support/store.ts";

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

/** Refused every time, and not tried again; `acted` lets the server do what it then denies. */
const refuse = (method: string, path: string, acted = false): Fault => ({
  kind: "403",
  match: { method, path },
  nth: "every",
  acted,
});

const after = (name: string) => ({ options: { dependsOn: [name] } });
const base = () => [group("QA"), user("QA", "Owner", {}, after("QA"))];
const initErrors = async () => {
  const { resources } = await stack.exported();
  const failed = resources.filter(({ initErrors = [] }) => initErrors.length > 0);
  return Object.fromEntries(failed.map(({ id, initErrors }) => [id, initErrors]));
};

describe("a create that fails half-way", () => {
  const declared = () => [
    ...base(),
    group("Lists", { s3EndpointsHttp: ["one.example.com", "two.example.com"] }),
    user("QA", "Keeper", {}, after("QA")),
    user("QA", "Remover", { initialCredential: "remove" }, after("QA")),
    credential("key", "QA", "Owner", { active: false }, after("Owner")),
  ];
  const [refused, wayIn] = [["POST /group 403", "POST /user/credentials/status 403"], /403/];

  test.each([
    { name: "by up", finish: () => stack.up() },
    { name: "by up --refresh", finish: () => stack.up("--refresh") },
    { name: "by refresh, then up", finish: () => stack.run("refresh", "--yes").then(() => stack.up()) },
  ])("is finished $name", async ({ finish }) => {
    stack.declare(...base());
    expect(await stack.up()).toMatchObject({ code: 0 });

    stack.declare(...declared());
    store.faults.add(
      refuse("POST", "/group"),
      refuse("GET", "/user/credentials/list"),
      refuse("POST", "/user/credentials/status"),
    );
    store.requests.length = 0;
    const failed = await stack.up("--continue-on-error");
    expect(failed).toMatchObject({ code: 1, output: expect.stringMatching(wayIn) });
    console.log(failed.output, await initErrors(), writesTo(store), refused);

    store.faults.clear();
    for (const args of [[], ["--refresh"]]) {
      const p = await stack.preview("--expect-no-changes", ...args);
      console.log(args, p.code, p.output);
    }
    const done = await finish();
    console.log(done.output);
    expect(done.code).toBe(0);
    console.log(writesTo(store), await initErrors(), groupIn(store, "Lists"), usersIn(store, "QA"), keysOf(store, "QA", "Owner"), keysOf(store, "QA", "Remover"), keysOf(store, "QA", "Keeper"), userIn(store,"QA","Keeper"));
    expect(await stack.up("--expect-no-changes")).toMatchObject({ code: 0 });
  });
});
