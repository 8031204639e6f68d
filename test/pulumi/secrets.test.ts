import { expect } from "vitest";
import { environmentOf, testOn } from "./support/hyperstore.ts";
import { credential, type Declaration, group, user } from "./support/program.ts";
import { groupIn, keysOf } from "./support/store.ts";

const password = "canary-password";
const test = testOn({ password });

/** Of everything that can hold a secret; `edition` changes each of them that can change. */
const canaries = (edition: string) => ({
  given: `canary-given-key-${edition}`,
  name: `canary-name-${edition}`,
  endpoint: `canary-endpoint-${edition}`,
});
function program(url: string, edition: string): Declaration[] {
  const { given, name, endpoint } = canaries(edition);
  const args = { hyperstoreEndpoint: url, hyperstorePassword: { $secret: password } };
  return [
    // Secret by the program's choice alone: a text, and one entry of a list.
    group("QA", { groupName: { $secret: name }, s3EndpointsHttp: [{ $secret: endpoint }, "plain"] }),
    user("${QA.groupId}", "John", {}, { export: ["initialSecretKey"] }),
    // Secret by the definition, though the program gives it in plain.
    credential("given", "QA", "${John.userId}", { accessKey: "GIVEN", secretKey: given }),
    credential("made", "QA", "${John.userId}", {}, { export: ["secretKey"] }),
    { type: "provider", name: "explicit", args },
    group("Other", {}, { options: { provider: "explicit" } }),
  ];
}

test("no secret is in the state or in any output but that of --show-secrets", async ({ stack, store }) => {
  for (const name of Object.keys(environmentOf(store))) delete stack.env[name];
  await stack.config("tenantry:hyperstorePassword", password, true);
  await stack.config("tenantry:hyperstoreEndpoint", store.url);
  const seen: string[] = [];
  const run = async (...args: string[]) => {
    const { code, output } = await stack.run(...args);
    seen.push(output);
    expect(code, output).toBe(0);
  };

  stack.declare(...program(store.url, "1"));
  await run("up", "--yes", "--diff");
  seen.push((await stack.exported()).text);
  // The user's own comes first; the other two are made at the same time.
  const keys = keysOf(store, "QA", "John");
  const given = keys.find(({ accessKey }) => accessKey === "GIVEN")?.secretKey;
  const [initial, made] = keys.map(({ secretKey }) => secretKey).filter((each) => each !== given);
  expect(await stack.outputs()).toEqual({ John_initialSecretKey: initial, made_secretKey: made });
  expect(groupIn(store, "QA")).toMatchObject({ groupName: canaries("1").name });
  expect(given).toBe(canaries("1").given);

  stack.declare(...program(store.url, "2"));
  Object.assign(groupIn(store, "QA") ?? {}, { active: "false" });
  await run("preview", "--refresh", "--run-program", "--diff");
  await run("refresh", "--yes", "--run-program", "--diff");
  await run("up", "--yes", "--skip-preview", "--diff");
  seen.push((await stack.exported()).text);
  expect(groupIn(store, "QA")).toMatchObject({ groupName: canaries("2").name });
  await run("destroy", "--yes", "--skip-preview", "--diff");

  const secrets = [
    password,
    initial,
    made,
    ...["1", "2"].flatMap((edition) => Object.values(canaries(edition))),
  ];
  for (const secret of secrets)
    for (const text of seen)
      expect(text.split("\n").filter((line) => line.includes(secret ?? ""))).toEqual([]);
});
