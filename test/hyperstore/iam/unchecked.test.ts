import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Credential } from "../../../provider/hyperstore/credential.ts";
import { getAudit } from "../../../provider/hyperstore/functions/system.ts";
import { Group } from "../../../provider/hyperstore/group.ts";
import { hyperstoreCatalog } from "../../../provider/hyperstore/index.ts";
import { User } from "../../../provider/hyperstore/user.ts";
import { PartialFailure } from "../../../provider/resource/errors.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { subjectOf } from "../../laws/subject.ts";
import { withReader } from "./kit.ts";

const covered = ["Group", "User", "Credential", "QosLimits"].map((kind) => `tenantry:hyperstore:${kind}`);
const resources = hyperstoreCatalog.resources.map((each) => [each.token, each] as const);
const uncovered = resources.filter(([token]) => !covered.includes(token));

const unchecked =
  /not among what read-only keys reach.*HYPERSTORE_REFUSE_WRITES=true.*HYPERSTORE_UNCHECKABLE/;

describe.each(uncovered)("%s, which no read-only key can check,", (_, definition) => {
  async function made(uncheckable: "error" | "skip") {
    const { admin, reader } = await withReader({}, { hyperstoreUncheckable: uncheckable });
    const [program] = fc.sample(subjectOf(definition).programs, { numRuns: 1, seed: 1 }) as [Properties];
    const [writing, reading] = [admin.engine(definition), reader.engine(definition)];
    await writing.up(program);
    reading.setState(writing.state());
    return { reading, logs: reader.logs, state: writing.state() };
  }

  test("fails in a refresh, and says what to do", async () => {
    const { reading, state } = await made("error");
    await expect(reading.refresh()).rejects.toThrow(unchecked);
    await expect(reading.refresh()).rejects.toThrow(`"${state?.id}": `);
  });

  test("is named and left as it is where that is wished, but not imported", async () => {
    const { reading, logs, state } = await made("skip");
    expect(await reading.refresh()).toEqual([]);
    expect(reading.state()).toEqual(state);
    const name = `warn: HyperStore ${definition.token.split(":").at(-1)} "${state?.id}" was not checked: GET /`;
    expect(logs).toEqual([expect.stringContaining(name)]);
    await expect(reading.import(state?.id ?? "")).rejects.toThrow(unchecked);
  });
});

describe("where only a part cannot be checked", () => {
  const program = { groupId: "QA", userId: "Jane", password: "Aa1!aaaaaaaa", verifyPassword: true };

  test("the whole resource is unchecked, and named", async () => {
    const { admin, reader } = await withReader({}, { hyperstoreUncheckable: "skip" });
    const [writing, reading] = [admin.engine(User), reader.engine(User)];
    await writing.up(program);
    reading.setState(writing.state());
    expect(await reading.refresh()).toEqual([]);
    expect(reader.logs).toEqual([
      expect.stringMatching(
        /^warn: HyperStore User "QA\/Jane" was not checked: GET \/user\/password\/verify is not/,
      ),
    ]);
  });

  test("what is unfinished stays so", async () => {
    const { admin, reader } = await withReader({}, { hyperstoreUncheckable: "skip" });
    const [writing, reading] = [admin.engine(User), reader.engine(User)];
    await writing.up(program);
    const { outputs = {}, ...state } = writing.state() ?? { id: "", inputs: {} };
    await reading.operation(async (calls) => {
      const held = { ...state, outputs: { ...outputs, unfinished: ["password"] } };
      const error = await calls.read({ urn: reading.urn, ...held }).catch((each) => each);
      expect(error).toBeInstanceOf(PartialFailure);
      expect(error).toMatchObject({ inputs: held.inputs, outputs: held.outputs });
    });
  });
});

test("a key is not imported without its secret", async () => {
  const { admin, reader, both } = await withReader();
  const key = admin.engine(Credential);
  await key.up({ groupId: "QA", userId: "John" });
  const id = key.state()?.id ?? "";
  await expect(reader.engine(Credential).import(id)).rejects.toThrow(/cannot be read with read-only keys/);
  const imported = await both.engine(Credential).import(id);
  expect(imported?.outputs).toEqual(key.state()?.outputs);
});

test("a function that needs the Admin API says so", async () => {
  const { reader } = await withReader({}, { hyperstoreUncheckable: "skip" });
  await expect(reader.ask(getAudit)).rejects.toThrow(
    /^GET \/system\/audit is not among what read-only keys reach/,
  );
});

describe("a run with keys that only read", () => {
  test.each(resources)("writes no %s, and sends nothing to try", async (_, definition) => {
    const { reader, seen } = await withReader({}, { hyperstoreUncheckable: "skip" });
    const [program] = fc.sample(subjectOf(definition).programs, { numRuns: 1, seed: 1 }) as [Properties];
    const engine = reader.engine(definition);
    const refused = /nothing was sent, because this run has keys that can only read.*HYPERSTORE_PASSWORD/;
    seen();
    await engine.operation(async (calls) => {
      const held = { urn: engine.urn, id: "some/id", inputs: program, outputs: program };
      await expect(calls.create({ urn: engine.urn, news: program })).rejects.toThrow(refused);
      await expect(calls.update({ ...held, news: program })).rejects.toThrow(refused);
      await expect(calls.delete(held)).rejects.toThrow(refused);
      await expect(calls.create({ urn: engine.urn, news: program, preview: true })).resolves.toBeDefined();
    });
    expect(seen()).toEqual([]);
  });
});

describe("with Admin credentials beside the keys", () => {
  test("reads go to the IAM Service, writes and all they read to the Admin API", async () => {
    const { both, state, seen } = await withReader();
    const group = both.engine(Group);
    seen();
    await group.up({ groupId: "Pubs", s3EndpointsHttp: ["a"] });
    expect(seen()).toEqual(["GetCloudianSystemLicense", "PUT /group", "GET /group", "POST /group"]);
    await group.refresh();
    expect(seen()).toEqual(["GetCloudianGroup", "GetCloudianSystemLicense"]);
    await group.up({ groupId: "Pubs", s3EndpointsHttp: ["a"], groupName: "P" });
    expect(seen()).toEqual(["GetCloudianSystemLicense", "GET /group", "POST /group"]);
    expect(state.groups.get("Pubs")?.info).toMatchObject({ groupName: "P", ldapEnabled: false });
    await group.destroy();
    expect(seen()).toEqual(["GetCloudianSystemLicense", "DELETE /group"]);
  });

  test("credentials are read through the Admin API, which alone shows their secrets", async () => {
    const { both, seen } = await withReader();
    const key = both.engine(Credential);
    await key.up({ groupId: "QA", userId: "John" });
    seen();
    expect(await key.refresh()).toEqual([]);
    expect(seen()).toEqual(["GET /user/credentials/list", "GetCloudianSystemLicense"]);
  });
});
