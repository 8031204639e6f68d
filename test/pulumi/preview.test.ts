import { expect } from "vitest";
import { testOn, writing } from "./support/hyperstore.ts";
import { group, user } from "./support/program.ts";

const test = testOn();
const credential = { type: "Credential", name: "key", args: { groupId: "QA", userId: "${John.userId}" } };

test("a preview of a create, update, replacement or deletion sends no write", async ({ stack, store }) => {
  stack.declare(group("QA"), user("${QA.groupId}", "John"), credential);
  const create = await writing(store, () => stack.preview());
  console.log(create.output);
  expect(create).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("4 to create") });

  await stack.up();
  const before = structuredClone(store.state);
  stack.declare(group("QA", { groupName: "Quality" }), user("${QA.groupId}", "Jane", {}, { name: "John" }));
  const others = await writing(store, () => stack.preview("--diff"));
  console.log(others.output);
  expect(others).toMatchObject({ code: 0, writes: [] });
  expect(others.output).toMatch(/1 to update[\s\S]+1 to delete[\s\S]+1 to replace/);
  expect(store.state).toEqual(before);
});

test("a preview shows what only the server will decide as unknown", async ({ stack }) => {
  stack.declare(
    group("QA"),
    user("${QA.groupId}", "John", {}, { export: ["userId", "canonicalUserId", "initialSecretKey"] }),
    group("Twin", { groupName: "${John.canonicalUserId}" }),
  );
  const create = await stack.preview("--diff");
  console.log(create.output);
  await stack.up();
  stack.declare(
    group("QA"),
    user("${QA.groupId}", "Jane", {}, { name: "John", export: ["userId", "canonicalUserId", "initialSecretKey"] }),
    group("Twin", { groupName: "${John.canonicalUserId}" }),
  );
  const create2 = await stack.preview("--diff");
  console.log(create2.output);
});

test("an endpoint that is not known yet is planned with, and used once it is known", async ({ stack, store }) => {
  Object.assign(stack.env, { HYPERSTORE_ENDPOINT: store.url });
  const program = (userId: string) => [
    group("QA"),
    user("QA", userId, {}, { name: "John", options: { dependsOn: ["QA"] } }),
    { type: "provider", name: "late", args: { hyperstoreEndpoint: { $after: "${John.canonicalUserId}", value: store.url } } },
    group("Late", {groupName: "L"}, { options: { provider: "late" }, export: ["groupName"] }),
  ];
  stack.declare(...program("John"));
  const create = await writing(store, () => stack.preview("--diff"));
  console.log(create.output);
  expect(create).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("5 to create") });
  console.log(await stack.up());
  expect(store.state.groups.has("Late")).toBe(true);
  stack.declare(...program("Jane"));
  const again = await writing(store, () => stack.preview("--diff"));
  console.log(again.output);
  console.log(await stack.up());
  console.log(await stack.up("--expect-no-changes"));
});

test("a missing endpoint", async ({ stack, store }) => {
  stack.env.HYPERSTORE_ENDPOINT = "";
  stack.env.HYPERSTORE_PASSWORD = "";
  stack.declare(group("QA"));
  console.log(await stack.preview());
  console.log(await stack.up());
  stack.declare({type: "provider", name: "p"});
  console.log(await stack.up());
  stack.env.HYPERSTORE_ENDPOINT = store.url;
  stack.declare(group("QA"));
  console.log(await stack.up());
  stack.env.HYPERSTORE_ENDPOINT = "hyperstore.example.com";
  stack.env.HYPERSTORE_PASSWORD = store.password;
  console.log(await stack.up());
});
