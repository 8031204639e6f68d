import { describe, expect } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import type { Fault } from "../../emulator/kit/faults.ts";
import { testOn } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";
import type { Stack } from "./support/stack.ts";
import { groupIn, keysOf, userIn, writesTo } from "./support/store.ts";

const test = testOn();

/** Refused every time, which nobody tries again; `acted` lets the server do what it then denies. */
const refuse = (method: string, path: string, acted = false): Fault => ({
  kind: "403",
  match: { method, path },
  nth: "every",
  acted,
});
const below = (name: string) => ({ options: { dependsOn: [name] } });
const base = () => [group("QA"), user("QA", "Owner", {}, below("QA"))];

const unhealthy = async (stack: Stack) => {
  const { resources } = await stack.exported();
  return resources
    .filter(({ initErrors = [] }) => initErrors.length > 0)
    .map(({ id = "" }) => id.replace(/[0-9a-f]{20}$/, "KEY"))
    .sort();
};
const upFails = async (stack: Stack) => {
  const failed = await stack.up("--continue-on-error");
  expect(failed).toMatchObject({ code: 1, output: expect.stringContaining("answered 403") });
};
const nothingIsLeft = async (stack: Stack) => {
  expect(await unhealthy(stack)).toEqual([]);
  expect(await stack.detectDrift()).toMatchObject({ code: 0 });
};

describe("a create that fails half-way", { timeout: 60_000 }, () => {
  const declared = () => [
    ...base(),
    group("Lists", { s3EndpointsHttp: ["one.example.com", "two.example.com"] }),
    user("QA", "Keeper", {}, below("QA")),
    user("QA", "Remover", { initialCredential: "remove" }, below("QA")),
    credential("key", "QA", "Owner", { active: false }, below("Owner")),
  ];
  const halfMade = async (store: HyperStoreEmulator, stack: Stack) => {
    stack.declare(...base());
    expect(await stack.up()).toMatchObject({ code: 0 });
    store.faults.add(
      refuse("POST", "/group"),
      refuse("GET", "/user/credentials/list"),
      refuse("POST", "/user/credentials/status"),
    );
    stack.declare(...declared());
    await upFails(stack);
    expect(await unhealthy(stack)).toEqual(["Lists", "QA/Keeper", "QA/Owner/KEY", "QA/Remover"]);
    store.faults.clear();
    store.requests.length = 0;
  };

  test.for([
    { how: "up", finish: (stack: Stack) => stack.up() },
    { how: "up --refresh", finish: (stack: Stack) => stack.up("--refresh") },
    // A refresh by itself drops the errors from the state: what is missing has to be seen without them.
    {
      how: "refresh, then up",
      finish: (stack: Stack) => stack.run("refresh", "--yes").then(() => stack.up()),
    },
  ])("is finished by $how", async ({ finish }, { store, stack }) => {
    await halfMade(store, stack);
    expect(await stack.preview("--refresh", "--expect-no-changes")).toMatchObject({ code: 7 });
    expect(writesTo(store)).toEqual([]);
    expect(await finish(stack)).toMatchObject({ code: 0, output: expect.stringContaining("4 updated") });

    // Nothing is made a second time: what was missing, and no more.
    const missing = ["DELETE /user/credentials 200", "POST /group 200", "POST /user/credentials/status 200"];
    expect(writesTo(store).sort()).toEqual(missing);
    expect(groupIn(store, "Lists")?.s3endpointshttp).toEqual(["one.example.com", "two.example.com"]);
    expect(keysOf(store, "QA", "Remover")).toEqual([]);
    expect(keysOf(store, "QA", "Owner").map(({ active }) => active)).toEqual([true, false]);
    const [initial] = keysOf(store, "QA", "Keeper");
    const { resources, text } = await stack.exported();
    expect(resources.find(({ id }) => id === "QA/Keeper")?.outputs).toMatchObject({
      initialAccessKey: initial?.accessKey,
    });
    expect(text).not.toContain(initial?.secretKey);
    await nothingIsLeft(stack);
  });

  test("is taken back by the program without it", async ({ store, stack }) => {
    await halfMade(store, stack);
    stack.declare(...base());
    expect(await stack.up()).toMatchObject({ code: 0, output: expect.stringContaining("4 deleted") });
    expect(groupIn(store, "Lists")).toBeUndefined();
    expect(userIn(store, "QA", "Keeper")).toBeUndefined();
    expect(keysOf(store, "QA", "Owner")).toHaveLength(1);
    await nothingIsLeft(stack);
  });
});

describe("an update that fails half-way", { timeout: 60_000 }, () => {
  const declared = (edition: "old" | "new") => {
    const isNew = edition === "new";
    return [
      ...base(),
      group("Lists", { groupName: edition, s3EndpointsHttp: [`${edition}.example.com`] }),
      user("QA", "John", { fullName: edition }, below("QA")),
      credential("key", "QA", "Owner", { active: !isNew }, below("Owner")),
    ];
  };
  const serverIs = (store: HyperStoreEmulator, edition: "old" | "new") => {
    expect(groupIn(store, "Lists")).toMatchObject({
      groupName: edition,
      s3endpointshttp: [`${edition}.example.com`],
    });
    expect(userIn(store, "QA", "John")).toMatchObject({ fullName: edition });
    expect(keysOf(store, "QA", "Owner").map(({ active }) => active)).toEqual([true, edition === "old"]);
  };

  test.for([
    { acted: false, program: "new", args: [] },
    { acted: false, program: "new", args: ["--refresh"] },
    { acted: true, program: "old", args: [] },
    { acted: true, program: "old", args: ["--refresh"] },
  ] as const)(
    "(done: $acted) ends as the $program program says, by up $args",
    async (row, { store, stack }) => {
      stack.declare(...declared("old"));
      expect(await stack.up()).toMatchObject({ code: 0 });
      for (const path of ["/group", "/user", "/user/credentials/status"])
        store.faults.add(refuse("POST", path, row.acted));
      stack.declare(...declared("new"));
      await upFails(stack);
      serverIs(store, row.acted ? "new" : "old");
      expect(await unhealthy(stack)).toEqual(["Lists", "QA/John", "QA/Owner/KEY"]);

      store.faults.clear();
      stack.declare(...declared(row.program));
      // What differs from the server, even where the state and the program agree.
      const preview = await stack.preview("--expect-no-changes", ...row.args);
      expect(preview).toMatchObject({
        code: 7,
        output: expect.stringContaining("John update [diff: ~fullName]"),
      });
      store.requests.length = 0;
      expect(await stack.up(...row.args)).toMatchObject({ code: 0 });
      serverIs(store, row.program);
      expect(writesTo(store)).toHaveLength(3);
      await nothingIsLeft(stack);
    },
  );

  test("keeps a step of the creation that is not finished", async ({ store, stack }) => {
    const john = (fullName: string) =>
      user("QA", "John", { fullName, initialCredential: "remove" }, below("QA"));
    store.faults.add(refuse("GET", "/user/credentials/list"));
    stack.declare(group("QA"), john("old"));
    await upFails(stack);
    stack.declare(group("QA"), john("new"));
    await upFails(stack);
    expect(userIn(store, "QA", "John")).toMatchObject({ fullName: "new" });
    expect(keysOf(store, "QA", "John")).toHaveLength(1);

    store.faults.clear();
    stack.declare(group("QA"), john("old"));
    expect(await stack.up()).toMatchObject({ code: 0 });
    expect(userIn(store, "QA", "John")).toMatchObject({ fullName: "old" });
    expect(keysOf(store, "QA", "John")).toEqual([]);
    await nothingIsLeft(stack);
  });
});
