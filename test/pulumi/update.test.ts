import { expect } from "vitest";
import { testOn, writing } from "./support/hyperstore.ts";
import { credential, group, user } from "./support/program.ts";

const test = testOn();

test("fields of a group change in place, in one request however many they are", async ({ stack, store }) => {
  stack.declare(group("QA", { groupName: "Quality", s3EndpointsHttp: ["a", "b"] }));
  await stack.up();
  stack.declare(group("QA", { active: false, s3EndpointsHttp: ["b", "c"], ldapSearch: "(uid={userId})" }));
  const up = await writing(store, () => stack.up());
  expect(up).toMatchObject({
    code: 0,
    output: expect.stringContaining("1 updated"),
    writes: ["POST /group"],
  });
  expect(store.state.groups.get("QA")?.info).toMatchObject({
    groupName: "",
    active: "false",
    s3endpointshttp: ["b", "c"],
    ldapSearch: "(uid={userId})",
  });
  // What the server has now is read once, and the system is identified once.
  expect(store.requests.map(({ path }) => path).sort()).toEqual(["/group", "/group", "/system/license"]);

  stack.declare(group("QA", { active: false, s3EndpointsHttp: ["c", "b"], ldapSearch: "(uid={userId})" }));
  expect(await stack.preview("--expect-no-changes")).toMatchObject({ code: 0 });
});

test("a user becomes an administrator in place and keeps identity, key and what others set", async ({
  stack,
  store,
}) => {
  const john = () => [...store.state.users.values()].find(({ info }) => info.userId === "John");
  stack.declare(group("QA"), user("${QA.groupId}", "John", { fullName: "John", city: "Nowhere" }));
  await stack.up();
  const before = structuredClone(john());
  const keys = structuredClone(store.state.credentials);
  stack.declare(group("QA"), user("${QA.groupId}", "John", { fullName: "John T.", userType: "GroupAdmin" }));
  const up = await writing(store, () => stack.up());
  expect(up).toMatchObject({ code: 0, output: expect.stringContaining("1 updated"), writes: ["POST /user"] });
  expect(john()?.info).toEqual({ ...before?.info, fullName: "John T.", userType: "GroupAdmin", city: "" });
  expect(store.state.credentials).toEqual(keys);
});

test("a key is deactivated and activated in place", async ({ stack, store }) => {
  const declare = (active: boolean) =>
    stack.declare(
      group("QA"),
      user("${QA.groupId}", "John"),
      credential("key", "QA", "${John.userId}", { active }),
    );
  declare(true);
  await stack.up();
  const keys = [...store.state.credentials.keys()];
  for (const active of [false, true]) {
    declare(active);
    const up = await writing(store, () => stack.up());
    expect(up).toMatchObject({ code: 0, writes: ["POST /user/credentials/status"] });
    expect([...store.state.credentials.keys()]).toEqual(keys);
    expect([...store.state.credentials.values()].at(-1)).toMatchObject({ active });
  }
});
