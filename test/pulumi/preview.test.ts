import { expect } from "vitest";
import { testOn, writing } from "./support/hyperstore.ts";
import { credential, type Declaration, group, user } from "./support/program.ts";

const test = testOn();

test("a preview of a create, update, replacement or deletion sends no write", async ({ stack, store }) => {
  stack.declare(group("QA"), user("${QA.groupId}", "John"), credential("key", "QA", "${John.userId}"));
  const create = await writing(store, () => stack.preview());
  expect(create).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("4 to create") });

  expect(await stack.up()).toMatchObject({ code: 0 });
  const before = structuredClone(store.state);
  stack.declare(group("QA", { groupName: "Quality" }), user("${QA.groupId}", "Jane", {}, { name: "John" }));
  const others = await writing(store, () => stack.preview());
  expect(others).toMatchObject({ code: 0, writes: [] });
  expect(others.output).toMatch(/1 to update[\s\S]+1 to delete[\s\S]+1 to replace/);

  stack.declare();
  const nothing = await writing(store, () => stack.run("destroy", "--preview-only"));
  expect(nothing).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("4 to delete") });
  expect(store.state).toEqual(before);
});

test("a preview shows what only the server will decide as unknown", async ({ stack }) => {
  const program = (userId: string) => [
    group("QA"),
    user("${QA.groupId}", userId, {}, { name: "John", export: ["userId", "canonicalUserId"] }),
    group("Twin", { groupName: "${John.canonicalUserId}" }),
  ];
  stack.declare(...program("John"));
  const create = await stack.preview("--diff");
  expect(create.code).toBe(0);
  expect(create.output).toMatch(/groupName *: \[unknown\]/);
  expect(create.output).toMatch(/John_canonicalUserId *: \[unknown\]/);
  expect(create.output).toMatch(/John_userId *: "John"/);

  await stack.up();
  stack.declare(...program("Jane"));
  const replace = await stack.preview("--diff");
  expect(replace.code).toBe(0);
  expect(replace.output).toMatch(/~ groupName: "[0-9a-f]{32}" => \[unknown\]/);
});

test("an endpoint that is not known yet is planned with, and used once it is known", async ({
  stack,
  store,
}) => {
  const program = (userId: string): Declaration[] => [
    group("QA"),
    user("${QA.groupId}", userId, {}, { name: "John" }),
    {
      type: "provider",
      name: "late",
      args: { hyperstoreEndpoint: { $after: "${John.canonicalUserId}", value: store.url } },
    },
    group("Late", {}, { options: { provider: "late" } }),
  ];
  stack.declare(...program("John"));
  const create = await writing(store, () => stack.preview("--diff"));
  expect(create).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("5 to create") });
  expect(create.output).toContain("hyperstoreEndpoint: [unknown]");
  expect(await stack.up()).toMatchObject({ code: 0, output: expect.stringContaining("5 created") });
  expect(store.state.groups.has("Late")).toBe(true);

  stack.declare(...program("Jane"));
  const replace = await writing(store, () => stack.preview());
  expect(replace).toMatchObject({ code: 0, writes: [], output: expect.stringContaining("1 to replace") });
  const up = await writing(store, () => stack.up());
  expect(up).toMatchObject({ code: 0, writes: ["PUT /user", "DELETE /user"] });
});

test("a system without its configuration fails in the preview, and only when it is used", async ({
  stack,
  store,
}) => {
  Object.assign(stack.env, { HYPERSTORE_ENDPOINT: "", HYPERSTORE_PASSWORD: "" });
  stack.declare({ type: "provider", name: "idle" });
  expect(await stack.up()).toMatchObject({ code: 0, output: expect.stringContaining("2 created") });

  stack.declare(group("QA"));
  const nothing = await stack.preview();
  expect(nothing.code).not.toBe(0);
  expect(nothing.output).toContain(
    "HyperStore is not configured: set tenantry:hyperstoreEndpoint (or HYPERSTORE_ENDPOINT) and tenantry:hyperstorePassword (or HYPERSTORE_PASSWORD)",
  );

  stack.env.HYPERSTORE_ENDPOINT = store.url;
  const half = await stack.preview();
  expect(half.code).not.toBe(0);
  expect(half.output).toContain(
    "hyperstorePassword is required (string); set it there or in HYPERSTORE_PASSWORD",
  );
});
