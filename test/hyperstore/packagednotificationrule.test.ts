import { expect, test } from "vitest";
import { rulesOf } from "../../emulator/hyperstore/rules.ts";
import { PackagedNotificationRule } from "../../provider/hyperstore/packagednotificationrule.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { withSession } from "./kit.ts";

const path = "/monitor/notificationrule";
/** The sample of section 7.7.3. */
const packaged = {
  condition: ">",
  conditionVal: "0.9",
  email: "default",
  enabled: true,
  ruleId: "12",
  severityLevel: 1,
  snmpTrap: false,
  statId: "cpu",
};

async function start() {
  const store = await withSession();
  const cpu = () => rulesOf(store.state, "region1").find(({ ruleId }) => ruleId === "12");
  const writes = () =>
    store.requests
      .filter(({ method, path: at }) => method !== "GET" && at.startsWith(path))
      .map((each) => each.path);
  return { ...store, cpu, writes, rule: store.engine(PackagedNotificationRule) };
}

test("what the program does not set stays as it is, and may change", async () => {
  const { rule, cpu } = await start();
  expect(await rule.up({ ruleId: "12", conditionVal: ".95" })).toBe("create");
  expect(cpu()).toEqual({ ...packaged, conditionVal: "0.95" });
  Object.assign(cpu() ?? {}, { email: "ops@example.com" });
  expect(await rule.refresh()).toEqual([]);
  await rule.up({ ruleId: "12", conditionVal: "0.97", severityLevel: 2 });
  expect(cpu()).toEqual({ ...packaged, conditionVal: "0.97", severityLevel: 2, email: "ops@example.com" });
});

test("whether it works alone is sent by the call of its own (7.9), and nothing where nothing differs", async () => {
  const { rule, cpu, writes } = await start();
  await rule.up({ ruleId: "12", enabled: true });
  expect(writes()).toEqual([]);
  await rule.up({ ruleId: "12", enabled: false });
  expect(cpu()).toEqual({ ...packaged, enabled: false });
  expect(writes()).toEqual([`${path}enable`]);
});

test("a delete puts back what was there, but for what others have changed meanwhile", async () => {
  const { rule, cpu } = await start();
  Object.assign(cpu() ?? {}, { conditionVal: "0.8" });
  await rule.up({ ruleId: "12", conditionVal: "0.95", enabled: false, email: "" });
  await rule.up({ ruleId: "12", conditionVal: "0.99", enabled: false, email: "" });
  expect(rule.state()?.outputs).toMatchObject({ previous: { conditionVal: "0.8", email: "default" } });
  Object.assign(cpu() ?? {}, { severityLevel: 3 });
  await rule.destroy();
  expect(cpu()).toEqual({ ...packaged, conditionVal: "0.8", severityLevel: 3 });
});

test("an import shows all of it, and remembers what was there then", async () => {
  const { rule, cpu } = await start();
  const { statId, ...content } = packaged;
  expect(await rule.import("default/12")).toMatchObject({ inputs: content, outputs: { statId } });
  await rule.up({ ...content, conditionVal: "0.5" });
  expect(cpu()).toEqual({ ...packaged, conditionVal: "0.5" });
  await rule.destroy();
  expect(cpu()).toEqual(packaged);
});

test("two resources of one program cannot manage the same rule", async () => {
  const { rule } = await start();
  await rule.operation(async (calls) => {
    const news = { ruleId: "12", enabled: false };
    await calls.check({ urn: "urn:pulumi:s::p::t::a", news });
    expect(await calls.check({ urn: "urn:pulumi:s::p::t::b", news })).toMatchObject({
      failures: [{ reason: expect.stringMatching(/manages .*"default\/12" already/) }],
    });
  });
});

test.each<[string, Properties, RegExp]>([
  ["an id that no packaged rule has", { ruleId: "8ef63b63-4961" }, /small number/],
  ["a rule that is not there", { ruleId: "99", enabled: true }, /"default\/99" cannot be set/],
])("%s is refused", async (_, program, says) => {
  const { rule } = await start();
  await expect(rule.up(program)).rejects.toThrow(says);
  expect(rule.state()).toBeUndefined();
});

test("a made rule is not taken for a packaged one", async () => {
  const { rule } = await start();
  await expect(rule.import("default/8ef63b63-4961-4e17-88c7-d53c966557db")).rejects.toThrow(
    /managed as a tenantry:hyperstore:NotificationRule/,
  );
});
