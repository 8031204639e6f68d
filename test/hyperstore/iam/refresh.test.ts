import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyGroup } from "../../../emulator/hyperstore/state.ts";
import { faultKinds } from "../../../emulator/kit/faults.ts";
import { Credential } from "../../../provider/hyperstore/credential.ts";
import { Group } from "../../../provider/hyperstore/group.ts";
import { QosLimits } from "../../../provider/hyperstore/qoslimits.ts";
import { User } from "../../../provider/hyperstore/user.ts";
import type { Resource } from "../../../provider/resource/definition.ts";
import type { Properties } from "../../../provider/resource/value.ts";
import { subjectOf } from "../../laws/subject.ts";
import { withReader } from "./kit.ts";

// Requests fail by the hundred here.
process.env.TENANTRY_RETRY_BASE_MS = "5";

const john = { groupId: "QA", userId: "John" };
const jane = { groupId: "QA", userId: "Jane" };

interface Example {
  definition: Resource;
  program: Properties;
  /** How the program is changed for a drift, and the path of that. */
  drifted: [program: Properties, path: string];
}
const examples: Record<string, Example> = {
  Group: {
    definition: Group,
    program: {
      groupId: "Pubs",
      groupName: " Public &amp; <open> ",
      ldapEnabled: true,
      s3EndpointsHttp: ["b", "a"],
    },
    drifted: [
      { groupId: "Pubs", groupName: "007", ldapEnabled: true, s3EndpointsHttp: ["b", "a"] },
      "groupName",
    ],
  },
  User: {
    definition: User,
    program: { ...jane, fullName: "Jane", ldapEnabled: true, unlock: true },
    drifted: [{ ...jane, fullName: "Jane", ldapEnabled: true, unlock: true, active: false }, "active"],
  },
  Credential: {
    definition: Credential,
    program: { ...john },
    drifted: [{ ...john, active: false }, "active"],
  },
  QosLimits: {
    definition: QosLimits,
    program: { ...john, hlStorageQuotaKBytes: 9007199254740991, wlRequestRate: 0 },
    drifted: [{ ...john, hlStorageQuotaKBytes: 1, wlRequestRate: 0 }, "hlStorageQuotaKBytes"],
  },
};
const each = Object.entries(examples);

/** The object as the program says, in the state of an engine whose keys can only read. */
async function held({ definition, program }: Example, ...given: Parameters<typeof withReader>) {
  const world = await withReader(...given);
  const [writing, reading] = [world.admin.engine(definition), world.reader.engine(definition)];
  await writing.up(program);
  expect(await writing.refresh()).toEqual([]);
  const state = writing.state();
  reading.setState(state);
  world.seen();
  return { ...world, system: world.state, writing, reading, state };
}

describe.each(each)("a %s, refreshed with keys that only read,", (_, example) => {
  test("is what the Admin API shows of it", async () => {
    const { reading, state, seen } = await held(example);
    expect(await reading.refresh()).toEqual([]);
    expect(reading.state()).toEqual(state);
    expect(seen().filter((name) => !name.startsWith("GetCloudian"))).toEqual([]);
  });

  test("shows its drift", async () => {
    const { writing, reading } = await held(example);
    const [program, path] = example.drifted;
    await writing.up(program);
    expect(await reading.refresh()).toMatchObject([{ property: path }]);
  });

  test.each(["NoSuchEntity", "204", "empty"] as const)("is gone when it is, said by %s", async (absent) => {
    const { reading, admin, writing } = await held(example, { iam: { absent }, deletionDelayMs: 0 });
    if (example.definition === QosLimits) {
      const user = admin.engine(User, { name: "john" });
      await user.import("QA/John");
      await user.destroy();
    } else await writing.destroy();
    expect(await reading.refresh()).toBe("gone");
  });

  test.each(faultKinds)("under %s at any request, is as it is or an error", async (kind) => {
    const { reading, writing, state, faults, seen } = await held(
      example,
      {},
      { hyperstoreRequestTimeout: 0.2 },
    );
    await reading.refresh();
    const requests = seen().length;
    // Each time-out is waited for.
    const lengths = kind.startsWith("timeout") ? [1] : [1, 10];
    /** A refresh for each request, which fails once or for good. */
    async function refreshes(): Promise<unknown[]> {
      const outcomes: unknown[] = [];
      for (const nth of Array.from({ length: requests }, (_, index) => index + 1))
        for (const times of lengths) {
          reading.setState(state);
          faults.add({ kind, match: { path: "/" }, nth, times, retryAfter: 0.01, delayMs: 5 });
          outcomes.push(await reading.refresh().catch((error: Error) => error.message));
          faults.clear();
        }
      return outcomes;
    }
    const error = expect.stringMatching(/^HyperStore \w+ ".*": GET \/\?Action=GetCloudian/);
    for (const outcome of await refreshes()) expect([[], error]).toContainEqual(outcome);
    const [program, property] = example.drifted;
    await writing.up(program);
    const drift = [expect.objectContaining({ property })];
    for (const outcome of await refreshes()) expect([drift, error]).toContainEqual(outcome);
  });
});

describe.each(each)("any %s", (_, { definition }) => {
  test("that the Admin API shows, the IAM Service shows alike", async () => {
    const { admin, reader } = await withReader();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(subjectOf(definition).programs, async ({ verifyPassword: _, ...program }) => {
        const name = `nr${count++}`;
        const [writing, reading] = [admin.engine(definition, { name }), reader.engine(definition, { name })];
        await writing.up(program);
        await writing.refresh();
        reading.setState(writing.state());
        expect(await reading.refresh()).toEqual([]);
        expect(reading.state()).toEqual(writing.state());
        await writing.destroy();
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});

describe("an object is not gone", () => {
  const { Group: group, User: user, Credential: credential } = examples as Record<string, Example>;
  const denied = /AccessDenied.*policy must allow admin:GetCloudian/;

  test("when the list of its kind has it", async () => {
    const world = await held(group as Example, { iam: { absent: "204" } });
    await world.writing.destroy();
    // In the list, and not to be found by its id.
    world.system.groups.set("another", { info: emptyGroup("Pubs"), ratingPlans: {} });
    await expect(world.reading.refresh()).rejects.toThrow(/without group "Pubs", which exists/);
  });

  test.each([group, user] as Example[])("when the list is refused: $definition.token", async (example) => {
    const { reading, writing, faults } = await held(example, { deletionDelayMs: 0 });
    await writing.destroy();
    faults.add({ kind: "403", match: { path: "/" }, nth: 2, times: 9 });
    await expect(reading.refresh()).rejects.toThrow(denied);
  });

  test("when its owner's list of keys is refused, unless the owner is gone", async () => {
    const { reading, system, faults } = await held(credential as Example);
    faults.add({ kind: "403", match: { path: "/" } });
    await expect(reading.refresh()).rejects.toThrow(denied);
    for (const each of system.users.values()) if (each.info.userId === "John") each.deletedAt = 1;
    expect(await reading.refresh()).toBe("gone");
  });

  test("when it is the system group, which stands in no list", async () => {
    const { reader, state } = await withReader();
    const engine = reader.engine(Group);
    await engine.import("0");
    state.groups.delete("0");
    await expect(engine.refresh()).rejects.toThrow(/NoSuchEntity/);
  });

  test("when it is another system", async () => {
    const { reading, writing } = await held(group as Example);
    const other = await withReader({ licenseNumber: "999" });
    const elsewhere = other.reader.engine(Group);
    elsewhere.setState(writing.state());
    await expect(elsewhere.refresh()).rejects.toThrow(
      /another system.*license 123456789012345678.*license 999/,
    );
    expect(await reading.refresh()).toEqual([]);
  });
});
