import { expect } from "vitest";
import { testOn } from "./support/hyperstore.ts";
import { call } from "./support/program.ts";
import { addGroup, addUser, keysOf, userIn } from "./support/store.ts";

const test = testOn();

test("functions answer what the server has, and secrets stay secret", async ({ store, stack }) => {
  addGroup(store, "QA", { groupName: "Quality", s3endpointshttp: ["one.example.com"] });
  addUser(store, "QA", "John", { fullName: "John Thompson" });
  addUser(store, "QA", "Jane", { active: "false" });
  const [key] = keysOf(store, "QA", "John");
  const canonicalUserId = userIn(store, "QA", "John")?.canonicalUserId;
  stack.declare(
    call("group", "getGroup", { groupId: "QA" }, ["groupName", "s3EndpointsHttp", "active"]),
    call("user", "getUser", { groupId: "QA", userId: "John" }, ["fullName", "canonicalUserId"]),
    call("again", "getUser", { canonicalUserId: `\${user.canonicalUserId}` }, ["userId"]),
    call("users", "listUsers", { groupId: "QA", userStatus: "inactive" }, ["users"]),
    call("keys", "listCredentials", { groupId: "QA", userId: "John" }, ["credentials"]),
    call("groups", "listGroups", { prefix: "Q" }, ["groups"]),
  );
  const up = await stack.up();
  expect(up.code).toBe(0);
  const outputs = await stack.outputs();
  expect(outputs).toMatchObject({
    group_groupName: "Quality",
    group_s3EndpointsHttp: ["one.example.com"],
    group_active: true,
    user_fullName: "John Thompson",
    user_canonicalUserId: canonicalUserId,
    again_userId: "John",
    users_users: [{ userId: "Jane", active: false }],
    keys_credentials: [{ accessKey: key?.accessKey, secretKey: key?.secretKey, active: true }],
    groups_groups: [{ groupId: "QA" }],
  });
  const shown = await stack.run("stack", "output", "--json");
  const { text } = await stack.exported();
  for (const place of [up.output, shown.output, text]) expect(place).not.toContain(key?.secretKey);
});

test("lists go on after a full page", async ({ store, stack }) => {
  for (const [prefix, count] of [
    ["exact", 100],
    ["more", 101],
    ["many", 230],
  ] as const)
    for (let nth = 0; nth < count; nth++) {
      const id = `${prefix}-${String(nth).padStart(3, "0")}`;
      addGroup(store, id);
      addUser(store, "0", id);
    }
  const rows = ["exact", "more", "many"];
  stack.declare(
    ...rows.map((prefix) => call(prefix, "listGroups", { prefix }, ["groups"])),
    ...rows.map((prefix) => call(`user-${prefix}`, "listUsers", { groupId: "0", prefix }, ["users"])),
  );
  expect(await stack.up()).toMatchObject({ code: 0 });
  const outputs = (await stack.outputs()) as Record<string, { groupId: string }[]>;
  const lengths = Object.fromEntries(Object.entries(outputs).map(([name, list]) => [name, list.length]));
  expect(lengths).toEqual({
    exact_groups: 100,
    more_groups: 101,
    many_groups: 230,
    "user-exact_users": 100,
    "user-more_users": 101,
    "user-many_users": 230,
  });
  const ids = outputs.many_groups?.map(({ groupId }) => groupId);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test.for([
  {
    what: "a bad argument",
    args: { groupId: "QA", userStatus: "gone" },
    type: "listUsers",
    says: "userStatus",
  },
  { what: "nobody", args: { groupId: "QA", userId: "John" }, type: "getUser", says: 'no user "QA/John"' },
])("asked for $what, a function answers a clear error", async ({ type, args, says }, { stack }) => {
  stack.declare(call("it", type, args, []));
  const { code, output } = await stack.preview();
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(says) });
});
