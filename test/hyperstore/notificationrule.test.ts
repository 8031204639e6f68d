import { describe, expect, test, vi } from "vitest";
import type { HyperStoreEmulator } from "../../emulator/hyperstore/index.ts";
import { rulesOf } from "../../emulator/hyperstore/rules.ts";
import type { Fault } from "../../emulator/kit/faults.ts";
import { listNotificationRules } from "../../provider/hyperstore/functions/notificationrules.ts";
import { NotificationRule } from "../../provider/hyperstore/notificationrule.ts";
import { check } from "../../provider/resource/check.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { withSession } from "./kit.ts";

// None of these servers needs a rest between two attempts.
process.env.TENANTRY_RETRY_BASE_MS = "5";

const path = "/monitor/notificationrule";
const program = {
  statId: "s3GetLatency",
  condition: ">",
  conditionVal: "150",
  severityLevel: 1,
  email: "default",
};
/** The same, in the words of section 7.11.3. */
const onWire = { ...program, enabled: true, snmpTrap: false };
const news = check(NotificationRule.inputs, program).inputs;
const urn = (name: string) => `urn:pulumi:stack::project::${NotificationRule.token}::${name}`;
const adopting = { env: { TENANTRY_ADOPT: "1" } };

const start = () => withSession({}, { hyperstoreRequestTimeout: 0.2, hyperstoreDefaultRegion: "region1" });
/** The rules that did not come with the system. */
const madeIn = ({ state }: Pick<HyperStoreEmulator, "state">, region = "region1") =>
  rulesOf(state, region).filter(({ ruleId }) => !/^\d+$/.test(ruleId));
const sent = ({ requests }: Pick<HyperStoreEmulator, "requests">) =>
  requests
    .filter((each) => each.path.startsWith(path))
    .map((each) => `${each.method} ${each.path.slice(path.length)}`);
const marked = { enabled: false, email: expect.stringMatching(/^tenantry-[0-9a-f]{32}@mark\.invalid$/) };

describe("PUT answers no id (7.11)", () => {
  test("a rule is made switched off and with a mark, found by it, and then becomes what it is to be", async () => {
    const store = await start();
    const engine = store.engine(NotificationRule);
    // Nothing after the PUT succeeds.
    store.faults.add({ kind: "401", match: { path: `${path}s` }, nth: 2, times: 100 });
    await expect(engine.up(program)).rejects.toThrow(/401|password/);
    expect(madeIn(store)).toMatchObject([{ ...onWire, ...marked }]);
    store.faults.clear();
    store.requests.length = 0;
    await engine.up(program);
    const [rule, ...others] = madeIn(store);
    expect(others).toEqual([]);
    expect(rule).toEqual({ ...onWire, ruleId: rule?.ruleId });
    expect(engine.state()?.id).toBe(`default/${rule?.ruleId}`);
    expect(sent(store)).toEqual(["GET s", "POST "]);
  });

  test("equal rules that are made at once each end with their own id", async () => {
    const store = await start();
    const names = Array.from({ length: 8 }, (_, nth) => `rule-${nth}`);
    const made = await store
      .engine(NotificationRule)
      .operation((calls) => Promise.all(names.map((name) => calls.create({ urn: urn(name), news }))));
    const ids = made.map(({ id }) => id);
    expect(new Set(ids).size).toBe(8);
    expect(
      madeIn(store)
        .map(({ ruleId }) => `default/${ruleId}`)
        .sort(),
    ).toEqual(ids.sort());
    expect(madeIn(store).map(({ ruleId: _, ...rule }) => rule)).toEqual(names.map(() => onWire));
    expect(store.logs.filter((line) => line.startsWith("warn"))).toEqual([]);
  });

  test.each<Fault["kind"]>(["reset-after", "timeout-after", "reset-before", "timeout-before"])(
    "so do those of two processes, when an answer to PUT is lost (%s)",
    async (kind) => {
      const store = await start();
      store.faults.add({ kind, match: { method: "PUT", path }, nth: 1, times: 2 });
      const engines = ["one", "other"].map((name) => store.engine(NotificationRule, { name }));
      await Promise.all(engines.map((engine) => engine.up(program)));
      const ids = engines.map((engine) => engine.state()?.id);
      expect(madeIn(store).map(({ ruleId: _, ...rule }) => rule)).toEqual([onWire, onWire]);
      expect(
        madeIn(store)
          .map(({ ruleId }) => `default/${ruleId}`)
          .sort(),
      ).toEqual(ids.sort());
      await engines[0]?.destroy();
      expect(madeIn(store)).toMatchObject([{ ruleId: engines[1]?.state()?.outputs.ruleId }]);
    },
  );

  test.each<Fault>([{ kind: "reset-after" }, { kind: "timeout-after" }, { kind: "500", acted: true }])(
    "after a lost answer the rule is looked for, not made again: %j",
    async (fault) => {
      const store = await start();
      store.faults.add({ ...fault, match: { method: "PUT", path } });
      await store.engine(NotificationRule).up(program);
      expect(madeIn(store)).toMatchObject([onWire]);
      expect(sent(store)).toEqual(["GET s", "PUT ", "GET s", "GET s", "POST "]);
    },
  );

  test("a list that shows a new rule late is asked again", async () => {
    const store = await start();
    const rules = rulesOf(store.state, "region1");
    rules.push = (...late) => {
      setTimeout(() => rules.splice(0, 0, ...late), 300);
      return rules.length;
    };
    await store.engine(NotificationRule).up(program);
    expect(madeIn(store)).toMatchObject([onWire]);
    expect(sent(store).filter((each) => each !== "GET s")).toEqual(["PUT ", "POST "]);
  });
});

describe("after a crash", () => {
  /** A run whose process is gone for good between the PUT and the list that tells the id. */
  async function killedAfterPut() {
    const store = await start();
    store.faults.add({ kind: "timeout-before", match: { path: `${path}s` }, nth: 2, times: 1000 });
    const killed = store
      .engine(NotificationRule)
      .up(program, { timeout: 1 })
      .catch(() => {});
    await vi.waitFor(() => expect(sent(store)).toEqual(["GET s", "PUT ", "GET s"]));
    const left = madeIn(store);
    expect(left).toMatchObject([marked]);
    await killed;
    store.faults.clear();
    store.requests.length = 0;
    return { ...store, left };
  }

  test("the next up finds the rule that a run killed between PUT and list has left", async () => {
    const store = await killedAfterPut();
    const engine = store.engine(NotificationRule);
    // The program may have changed meanwhile.
    await engine.up({ ...program, conditionVal: "200", enabled: false });
    expect(madeIn(store)).toEqual([{ ...store.left[0], ...onWire, conditionVal: "200", enabled: false }]);
    expect(engine.state()?.id).toBe(`default/${store.left[0]?.ruleId}`);
    expect(sent(store)).toEqual(["GET s", "POST "]);
  });

  test("and another resource with the same content does not", async () => {
    const store = await killedAfterPut();
    await store.engine(NotificationRule, { name: "other" }).up(program);
    expect(madeIn(store)).toMatchObject([store.left[0], onWire]);
  });

  test("where a PUT was carried out twice, one of the two goes", async () => {
    const store = await killedAfterPut();
    const [left] = store.left;
    rulesOf(store.state, "region1").push({ ...left, ruleId: "late" } as (typeof store.left)[0]);
    await store.engine(NotificationRule).up(program);
    expect(madeIn(store)).toMatchObject([{ ...onWire, ruleId: left?.ruleId }]);
  });

  test("a rule whose last step failed is in the state, and is finished", async () => {
    const store = await start();
    const engine = store.engine(NotificationRule);
    store.faults.add({ kind: "403", match: { method: "POST", path } });
    await expect(engine.up(program)).rejects.toThrow(/default\/[0-9a-f-]{36}/);
    expect(engine.state()).toMatchObject({ failed: true, outputs: { ruleId: madeIn(store)[0]?.ruleId } });
    await engine.up(program);
    expect(madeIn(store)).toMatchObject([onWire]);
  });

  test("TENANTRY_ADOPT=1 takes over equal rules, each for one resource", async () => {
    const store = await start();
    for (const name of ["a", "b"]) await store.engine(NotificationRule, { name }).up(program);
    const before = structuredClone(madeIn(store));
    const made = await store
      .engine(NotificationRule, adopting)
      .operation((calls) =>
        Promise.all(["a", "b", "c"].map((name) => calls.create({ urn: urn(name), news }))),
      );
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    expect(madeIn(store)).toMatchObject([...before, onWire]);
  });

  test("but not one that another resource of the run holds", async () => {
    const store = await start();
    const engine = store.engine(NotificationRule);
    await engine.up(program);
    const held = { id: "", ...engine.state() };
    await store.engine(NotificationRule, adopting).operation(async (calls) => {
      calls.diff({ urn: engine.urn, ...held, news });
      expect((await calls.create({ urn: urn("new"), news })).id).not.toBe(held.id);
    });
    expect(madeIn(store)).toHaveLength(2);
  });
});

describe("an equal rule of somebody else's", () => {
  async function withTheirs() {
    const store = await start();
    await store.send("PUT", path, { body: { ...onWire, conditionVal: "150.0", region: "", ruleId: "" } });
    const [theirs] = structuredClone(madeIn(store));
    return { ...store, theirs };
  }

  test("is not mistaken for the new one, and a warning names it", async () => {
    const { theirs, ...store } = await withTheirs();
    const engine = store.engine(NotificationRule);
    await engine.up(program);
    expect(madeIn(store)).toMatchObject([theirs, onWire]);
    expect(store.logs.join("\n")).toMatch(new RegExp(`^warn: .*"default/${theirs?.ruleId}" is equal`, "m"));
    await engine.destroy();
    expect(madeIn(store)).toEqual([theirs]);
  });

  test("is refused without a URN, for after a crash it could not be told from ours", async () => {
    const { theirs, ...store } = await withTheirs();
    await store.engine(NotificationRule).operation(async (calls) => {
      const create = calls.create({ news });
      await expect(create).rejects.toThrow(
        `default/${theirs?.ruleId}" exists already (it has the same content)`,
      );
      await expect(create).rejects.toThrow("TENANTRY_ADOPT=1");
    });
    expect(madeIn(store)).toEqual([theirs]);
    const adopted = await store
      .engine(NotificationRule, adopting)
      .operation((calls) => calls.create({ news }));
    expect(adopted.id).toBe(`default/${theirs?.ruleId}`);
    expect(madeIn(store)).toEqual([theirs]);
  });
});

test("equal rules that are made at once without URNs get ids of their own too", async () => {
  const store = await start();
  const made = await store
    .engine(NotificationRule)
    .operation((calls) => Promise.all([calls.create({ news }), calls.create({ news })]));
  expect(new Set(made.map(({ id }) => id)).size).toBe(2);
  expect(madeIn(store)).toMatchObject([onWire, onWire]);
});

test("and a half-made one stays with the resource that has its id", async () => {
  const store = await start();
  store.faults.add({ kind: "403", match: { method: "POST", path } });
  await store.engine(NotificationRule).operation(async (calls) => {
    await expect(calls.create({ news })).rejects.toThrow(/403/);
    const [halfMade] = structuredClone(madeIn(store));
    const { id } = await calls.create({ news });
    expect(id).not.toBe(`default/${halfMade?.ruleId}`);
    expect(madeIn(store)).toMatchObject([halfMade, onWire]);
  });
});

describe("changes", () => {
  const changed = async (next: Properties) => {
    const store = await start();
    const engine = store.engine(NotificationRule);
    await engine.up(program);
    store.requests.length = 0;
    expect(await engine.up({ ...program, ...next })).toBe("update");
    expect(madeIn(store)).toMatchObject([{ ...onWire, ...next }]);
    return sent(store);
  };

  test.each([
    [{ enabled: false }, "POST enable"],
    [{ enabled: false, snmpTrap: true }, "POST "],
    [{ conditionVal: "151" }, "POST "],
    [{ statId: "s3PutLatency" }, "POST "],
  ])("%j is sent as %s (7.9, 7.10)", async (next, expected) => {
    expect(await changed(next)).toEqual(["GET s", expected]);
  });

  test("another spelling of a number or a list is no drift, another number is", async () => {
    const store = await start();
    const engine = store.engine(NotificationRule);
    const spelled = { ...program, conditionVal: "150.50", email: "a@example.com, b@example.com" };
    await engine.up(spelled);
    const [rule] = madeIn(store);
    expect(rule).toMatchObject({ conditionVal: "150.5", email: "a@example.com,b@example.com" });
    Object.assign(rule ?? {}, { conditionVal: "1.505E2", email: "a@example.com ,b@example.com" });
    expect(await engine.refresh()).toEqual([]);
    expect(await engine.up({ ...spelled, conditionVal: "0150.5" })).toBe("same");
    Object.assign(rule ?? {}, { conditionVal: "150.49" });
    expect(await engine.refresh()).toMatchObject([{ property: "conditionVal" }]);
  });

  test("a rule that vanishes under an update says so", async () => {
    const store = await start();
    const engine = store.engine(NotificationRule);
    await engine.up(program);
    store.requests.length = 0;
    store.faults.add({ kind: "delay", delayMs: 100, match: { method: "POST", path } });
    const update = engine.up({ ...program, conditionVal: "1" });
    update.catch(() => {});
    await vi.waitFor(() => expect(sent(store)).toContain("POST "));
    store.state.notificationRules.clear();
    await expect(update).rejects.toThrow(/default\/.* has just been deleted by somebody else/);
  });
});

describe("regions", () => {
  test("the region of a rule is in its id, for the list blanks it (7.11.4); a change makes the rule anew there", async () => {
    const store = await start();
    store.state.regions.push("region2");
    const engine = store.engine(NotificationRule);
    await engine.up(program);
    expect(await engine.up({ ...program, region: "region1" })).toBe("same");
    expect(await engine.up({ ...program, region: "region2" })).toBe("replace");
    expect(madeIn(store)).toEqual([]);
    expect(madeIn(store, "region2")).toMatchObject([onWire]);
    const id = `region2/${madeIn(store, "region2")[0]?.ruleId}`;
    expect(engine.state()?.id).toBe(id);
    const hand = store.engine(NotificationRule, { name: "hand" });
    expect(await hand.import(id)).toMatchObject({ inputs: { ...program, region: "region2" } });
    await engine.destroy();
    expect(madeIn(store, "region2")).toEqual([]);
  });
});

test("a packaged rule is never deleted or taken for a made one", async () => {
  const store = await start();
  const engine = store.engine(NotificationRule);
  const says = /"default\/12" comes with HyperStore.*:PackagedNotificationRule/;
  await expect(engine.import("default/12")).rejects.toThrow(/PackagedNotificationRule/);
  await engine.operation((calls) => expect(calls.delete({ id: "default/12" })).rejects.toThrow(says));
  expect(rulesOf(store.state, "region1")).toHaveLength(18);
  // The packaged rule for CPU, word by word.
  const [cpu] = rulesOf(store.state, "region1").filter(({ ruleId }) => ruleId === "12");
  const { ruleId: _, ...same } = { ...cpu };
  await store.engine(NotificationRule, { name: "cpu", ...adopting }).up(same as Properties);
  expect(madeIn(store)).toMatchObject([same]);
});

test.each([
  [{ condition: ">=" }, "condition", /must be ">", "<" or "="/],
  [{ condition: "" }, "condition", /go together/],
  [{ conditionVal: " " }, "conditionVal", /go together/],
  [{ severityLevel: 4 }, "severityLevel", /3/],
  [{ statId: "" }, "statId", /./],
])("%j is refused", (wrong, property, reason) => {
  const { failures } = check(NotificationRule.inputs, { ...program, ...wrong });
  expect(failures).toMatchObject([{ property, reason: expect.stringMatching(reason) }]);
});

test("listNotificationRules tells a region's rules, packaged ones by their number", async () => {
  const store = await start();
  store.state.regions.push("region2");
  await store.engine(NotificationRule).up({ ...program, region: "region2" });
  const { rules } = (await store.ask(listNotificationRules, { region: "region2" })) as {
    rules: Properties[];
  };
  expect(rules).toHaveLength(19);
  expect(rules).toContainEqual({ ...onWire, ruleId: madeIn(store, "region2")[0]?.ruleId, packaged: false });
  expect(rules).toContainEqual({
    ruleId: "19",
    packaged: true,
    statId: "currentFailDiskInfo",
    condition: "",
    conditionVal: "",
    email: "default",
    enabled: true,
    severityLevel: 3,
    snmpTrap: false,
  });
  expect(((await store.ask(listNotificationRules)) as { rules: Properties[] }).rules).toHaveLength(18);
});

test("a refresh of many rules reads the list once, and an up reads what is there now", async () => {
  const store = await start();
  const engines = ["a", "b", "c"].map((name) => store.engine(NotificationRule, { name }));
  for (const engine of engines) await engine.up(program);
  const states = engines.map((engine) => ({ urn: engine.urn, id: "", ...engine.state() }));
  store.requests.length = 0;
  await store.engine(NotificationRule).operation(async (calls) => {
    for (const held of states) expect(await calls.read(held)).toMatchObject({ id: held.id });
    expect(sent(store)).toEqual(["GET s"]);
    const [first = { urn: "", id: "" }] = states;
    Object.assign(madeIn(store)[0] ?? {}, { severityLevel: 3 });
    await calls.update({ ...first, news });
    expect(madeIn(store)[0]).toMatchObject(onWire);
    store.state.notificationRules.clear();
    expect(await calls.read(first)).toBeUndefined();
  });
});
