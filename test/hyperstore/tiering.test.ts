import { describe, expect, test } from "vitest";
import { edit } from "../../emulator/hyperstore/edit.ts";
import type { HyperStoreOptions } from "../../emulator/hyperstore/index.ts";
import { AzureTieringCredential } from "../../provider/hyperstore/azuretieringcredential.ts";
import { getTieringCredentialSource } from "../../provider/hyperstore/functions/tiering.ts";
import { SpectraTieringCredential } from "../../provider/hyperstore/spectratieringcredential.ts";
import { hyperstore } from "../../provider/hyperstore/system.ts";
import { TieringCredential } from "../../provider/hyperstore/tieringcredential.ts";
import { check } from "../../provider/resource/check.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { johnsAddress } from "../emulator/hyperstore/harness.ts";
import { withSession } from "./kit.ts";

process.env.TENANTRY_RETRY_BASE_MS = "5";

const awkward = "+/=&?#%ü,;:'\"{}~!*()";
const bucketName = "b1";
const keys = { accessKey: "00cc", secretKey: "YuaO-secret" };
const account = { accountName: "123456", accountKey: "Oylw+/=key" };
const kinds = [
  { kind: "s3", definition: TieringCredential, path: "/tiering/credentials", pair: keys },
  { kind: "spectra", definition: SpectraTieringCredential, path: "/tiering/spectra/credentials", pair: keys },
  { kind: "azure", definition: AzureTieringCredential, path: "/tiering/azure/credentials", pair: account },
] as const;
const [, spectra, azure] = kinds;

async function withBuckets(options: HyperStoreOptions = {}) {
  const world = await withSession(options);
  const { state, requests } = world;
  for (const name of ["b1", "b2"]) edit(state, { action: "giveBucket", ...johnsAddress, bucketName: name });
  return {
    ...world,
    /** As somebody else sets it, the system default where no bucket is named. */
    set: (path: string, name: string, key: string, of = "") =>
      state.tiering.set(JSON.stringify([path, of]), { name, key }),
    held: (path: string, of = "") => state.tiering.get(JSON.stringify([path, of])),
    /** The writes since the last call, or since the beginning. */
    writes: () => {
      const writes = requests.filter(({ path, method }) => path.startsWith("/tiering") && method !== "GET");
      requests.length = 0;
      return writes.map(({ method, query }) => `${method} ${query.bucketName ?? "system"}`);
    },
  };
}

describe.each(kinds)("a $kind credential", ({ definition, path, pair }) => {
  const [name, key] = Object.keys(pair) as [string, string];
  const [mine, secret] = Object.values(pair) as [string, string];
  const program = { ...pair, bucketName };

  test("arrives as it is written, whatever characters a key has", async () => {
    const { engine, held } = await withBuckets();
    const pulumi = engine(definition);
    const odd = { bucketName, [name]: awkward.replace(",", ""), [key]: `a${awkward}` };
    await pulumi.up(odd);
    expect(pulumi.state()?.id).toBe("bucket/b1");
    expect(held(path, "b1")).toEqual({ name: odd[name], key: odd[key] });
    expect(await pulumi.refresh()).toEqual([]);
  });

  test("for a bucket that does not exist is an error, although the vendor answers 204", async () => {
    const { engine, state } = await withBuckets();
    const pulumi = engine(definition);
    await expect(pulumi.up({ ...pair, bucketName: "b3" })).rejects.toThrow(/bucket "b3" does not exist/);
    expect(pulumi.state()).toBeUndefined();
    expect(state.tiering.size).toBe(0);
  });

  test("that is there already is never replaced silently", async () => {
    const { engine, set, held, writes } = await withBuckets();
    set(path, mine, "other", "b1");
    const refused = await engine(definition)
      .up(program)
      .catch(({ message }: Error) => message);
    expect(refused).toContain(`exists already (${mine} is set`);
    expect(refused).toContain(`pulumi import ${definition.token} it 'bucket/b1'`);
    expect(writes()).toEqual([]);
    const adopting = engine(definition, { env: { TENANTRY_ADOPT: "1" } });
    await adopting.up(program);
    expect(held(path, "b1")).toEqual({ name: mine, key: secret });
  });

  test("moves to another bucket before it leaves the first one", async () => {
    const { engine, writes } = await withBuckets();
    const pulumi = engine(definition);
    await pulumi.up(program);
    expect(await pulumi.up({ ...pair, bucketName: "b2" })).toBe("replace");
    expect(writes()).toEqual(["POST b1", "POST b2", "DELETE b1"]);
  });

  test("updates in place, with one POST of both, also when the secret alone changes", async () => {
    const { engine, held, writes } = await withBuckets();
    const pulumi = engine(definition);
    await pulumi.up(program);
    writes();
    expect(await pulumi.up({ ...program, [key]: "second-secret" })).toBe("update");
    expect(held(path, "b1")).toEqual({ name: mine, key: "second-secret" });
    expect(await pulumi.up({ ...program, [name]: "another", [key]: "third-secret" })).toBe("update");
    expect(held(path, "b1")).toEqual({ name: "another", key: "third-secret" });
    expect(writes()).toEqual(["POST b1", "POST b1"]);
  });

  test("shows that somebody has set another account, and takes it back", async () => {
    const { engine, set, held } = await withBuckets();
    const pulumi = engine(definition);
    await pulumi.up(program);
    set(path, "theirs", secret, "b1");
    expect(await pulumi.refresh()).toMatchObject([{ property: name, replace: false }]);
    expect(await pulumi.up(program)).toBe("update");
    expect(held(path, "b1")).toEqual({ name: mine, key: secret });
  });

  test("converges after an update of which every answer was lost, also when it is reverted", async () => {
    const { engine, faults, held } = await withBuckets();
    const pulumi = engine(definition);
    await pulumi.up(program);
    faults.add({ kind: "reset-after", match: { method: "POST", path }, nth: "every" });
    await expect(pulumi.up({ ...program, [key]: "second-secret" })).rejects.toThrow();
    faults.clear();
    expect(held(path, "b1")?.key).toBe("second-secret");
    expect(await pulumi.up(program)).toBe("update");
    expect(held(path, "b1")?.key).toBe(secret);
    expect(pulumi.state()?.outputs).not.toHaveProperty("unfinished");
    expect(await pulumi.up(program)).toBe("same");
  });

  test("has an id of one form", async () => {
    const { engine } = await withBuckets();
    for (const id of ["b1", "buckets/b1", "bucket/", "bucket/b1/b2", "bucket/%zz", "SYSTEM", "system/b1"])
      await expect(engine(definition).import(id)).rejects.toThrow(/not of the form bucket\/bucketName/);
  });

  test("is refused with every reason that the document has", async () => {
    const { engine, faults } = await withBuckets({ singleNode: true });
    await expect(engine(definition).up(program)).rejects.toThrow(/Single-node systems have no tiering/);
    faults.add({ kind: "403", match: { path }, nth: "every" });
    await expect(engine(definition).up(program)).rejects.toThrow(/default region.*not URL-encoded/);
  });
});

describe.each(kinds.slice(0, 2))("the secret key of a $kind credential", ({ definition, path }) => {
  const program = { ...keys, bucketName };

  test("cannot be compared, so another one is no drift", async () => {
    const { engine, set } = await withBuckets();
    const pulumi = engine(definition);
    await pulumi.up(program);
    set(path, keys.accessKey, "theirs", "b1");
    expect(await pulumi.refresh()).toEqual([]);
    expect(await pulumi.up(program)).toBe("same");
  });

  test("is sent again after a failure, for nobody knows whether it arrived", async () => {
    const { engine, faults, held, writes } = await withBuckets();
    const pulumi = engine(definition);
    faults.add({ kind: "reset-after", match: { method: "POST", path }, nth: "every" });
    await expect(pulumi.up(program)).rejects.toThrow();
    expect(pulumi.state()).toMatchObject({ id: "bucket/b1", outputs: { unfinished: ["secretKey"] } });
    faults.clear();
    writes();
    await pulumi.up(program);
    expect(writes()).toEqual(["POST b1"]);
    expect(held(path, "b1")).toEqual({ name: keys.accessKey, key: keys.secretKey });
  });

  test("is required for a new one, in a preview already", async () => {
    const { engine, writes } = await withBuckets();
    const bare = { bucketName, accessKey: "00cc" };
    await expect(engine(definition).preview(bare)).rejects.toThrow(/secretKey is required to create it/);
    await expect(engine(definition).up(bare)).rejects.toThrow(/secretKey is required to create it/);
    expect(writes()).toEqual([]);
  });

  test("may be left out of what was imported, until the access key changes", async () => {
    const { engine, set, held, writes } = await withBuckets();
    set(path, "00cc", "theirs", "b1");
    const pulumi = engine(definition);
    const imported = await pulumi.import("bucket/b1");
    expect(imported?.inputs).toEqual({ bucketName, accessKey: "00cc" });
    expect(await pulumi.up({ bucketName, accessKey: "00cc" })).toBe("same");
    await expect(pulumi.up({ bucketName, accessKey: "00dd" })).rejects.toThrow(
      /secretKey is required to set access key "00dd" for bucket "b1"/,
    );
    expect(writes()).toEqual([]);
    expect(held(path, "b1")).toEqual({ name: "00cc", key: "theirs" });
    expect(await pulumi.up(program)).toBe("update");
    expect(held(path, "b1")).toEqual({ name: "00cc", key: keys.secretKey });
    writes();
    set(path, "00dd", "theirs", "b1");
    expect(await pulumi.up({ bucketName, accessKey: "00dd" }), "agrees with the system").toBe("update");
    expect(writes()).toEqual([]);
  });
});

describe("the system default", () => {
  const [{ path }] = kinds;

  test("has the id system, and requests that name no bucket", async () => {
    const { engine, held, writes, state } = await withBuckets();
    const pulumi = engine(TieringCredential);
    await pulumi.up(keys);
    expect(pulumi.state()?.id).toBe("system");
    expect(held(path)).toEqual({ name: "00cc", key: keys.secretKey });
    expect(await pulumi.refresh()).toEqual([]);
    await expect(engine(TieringCredential, { name: "second" }).up(keys)).rejects.toThrow(
      "pulumi import tenantry:hyperstore:TieringCredential second 'system'",
    );
    await pulumi.destroy();
    expect(state.tiering.size).toBe(0);
    expect(writes()).toEqual(["POST system", "DELETE system"]);
  });

  test("is not taken for a bucket's own credential", async () => {
    const { engine, set, held, state } = await withBuckets();
    set(path, "default", "default-secret");
    const pulumi = engine(TieringCredential);
    expect(await pulumi.import("bucket/b1")).toBeUndefined();
    await pulumi.up({ ...keys, bucketName });
    expect(await pulumi.refresh()).toEqual([]);
    state.tiering.delete(JSON.stringify([path, "b1"]));
    expect(await pulumi.refresh()).toBe("gone");
    expect(held(path)).toEqual({ name: "default", key: "default-secret" });
  });

  test("survives whatever happens to the credential of a bucket", async () => {
    const { engine, set, held, writes } = await withBuckets();
    set(path, "default", "default-secret");
    const pulumi = engine(TieringCredential);
    await pulumi.up({ ...keys, bucketName });
    const there = pulumi.state();
    await pulumi.destroy();
    pulumi.setState(there);
    await pulumi.destroy();
    expect(writes()).toEqual(["POST b1", "DELETE b1", "DELETE b1"]);
    expect(held(path)).toEqual({ name: "default", key: "default-secret" });
  });

  test("cannot be meant by an empty name, in the client itself", async () => {
    const { session, requests } = await withBuckets();
    requests.length = 0;
    const api = session.connection(hyperstore).client(session.scope(undefined, undefined), "write");
    const nobody = { bucketName: "" };
    const mistakes = kinds.flatMap(({ kind, pair }) => [
      () => api.deleteTieringCredential(kind, nobody),
      () => api.deleteTieringCredential(kind, {} as typeof nobody),
      () => api.postTieringCredential(kind, nobody, pair),
      () => api.getTieringCredential(kind, nobody),
    ]);
    for (const mistake of mistakes) await expect(mistake()).rejects.toThrow(/system default/);
    expect(requests).toEqual([]);
    for (const { definition, pair } of kinds)
      expect(check(definition.inputs, { ...pair, bucketName: "" }).failures).toMatchObject([
        { property: "bucketName" },
      ]);
  });

  test("is for S3-compliant destinations alone", async () => {
    const { engine } = await withBuckets();
    for (const { definition } of [spectra, azure]) {
      await expect(engine(definition).import("system")).rejects.toThrow(/form bucket\/bucketName/);
      expect(check(definition.inputs, { ...account, ...keys }).failures).toContainEqual(
        expect.objectContaining({ property: "bucketName" }),
      );
    }
  });

  test("is told from the others by an answer that has to be one of three", async () => {
    const { engine, set, faults } = await withBuckets();
    set(path, "00cc", "theirs", "b1");
    faults.add({ kind: "bad-json", match: { path: `${path}/src` } });
    await expect(engine(TieringCredential).import("bucket/b1")).rejects.toThrow(/credentials\/src.*BUC/);
  });
});

describe("Azure's answer", () => {
  const program = { ...account, bucketName };

  test("is split at the first comma, and an import knows all of it", async () => {
    const { engine, set } = await withBuckets();
    set(azure.path, "123", "a,b,", "b1");
    const pulumi = engine(AzureTieringCredential);
    await pulumi.import("bucket/b1");
    const written: Properties = { bucketName, accountName: "123", accountKey: "a,b," };
    expect(await pulumi.up(written)).toBe("same");
    expect(check(AzureTieringCredential.inputs, { ...written, accountName: "1,23" }).failures).toMatchObject([
      { property: "accountName", reason: expect.stringContaining("comma") },
    ]);
  });

  test("holds the key, so that its drift shows and is repaired", async () => {
    const { engine, set, held } = await withBuckets();
    const pulumi = engine(AzureTieringCredential);
    await pulumi.up(program);
    set(azure.path, account.accountName, "theirs", "b1");
    expect(await pulumi.refresh()).toMatchObject([{ property: "accountKey" }]);
    expect(await pulumi.up(program)).toBe("update");
    expect(held(azure.path, "b1")?.key).toBe(account.accountKey);
  });

  test("stands in no error, not even in part", async () => {
    const { engine, faults, set } = await withBuckets();
    set(azure.path, "1", "a-very-long-account-key", "b1");
    faults.add({ kind: "bad-json", match: { path: azure.path } });
    const message = await engine(AzureTieringCredential)
      .import("bucket/b1")
      .catch((error: Error) => error.message);
    expect(message).toMatch(/says that it is JSON, and is none/);
    expect(message).not.toContain("a-very");
  });
});

describe("getTieringCredentialSource", () => {
  test("tells whose credential a bucket uses", async () => {
    const { ask, set } = await withBuckets();
    const [{ path }] = kinds;
    const source = async (args: Properties = {}) => (await ask(getTieringCredentialSource, args)).source;
    expect(await source()).toBe("NONE");
    expect(await source({ bucketName })).toBe("NONE");
    set(path, "default", "secret");
    expect(await source()).toBe("SYSTEM");
    expect(await source({ bucketName })).toBe("SYSTEM");
    set(path, "own", "secret", "b1");
    expect(await source({ bucketName })).toBe("BUCKET");
    await expect(source({ bucketName: "" })).rejects.toThrow(/bucketName must not be empty/);
  });
});
