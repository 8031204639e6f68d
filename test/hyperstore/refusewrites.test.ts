import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Group } from "../../provider/hyperstore/group.ts";
import { hyperstoreCatalog } from "../../provider/hyperstore/index.ts";
import { hyperstore } from "../../provider/hyperstore/system.ts";
import { createSession } from "../../provider/resource/session.ts";
import { createEngine } from "../laws/engine.ts";
import { subjectOf } from "../laws/subject.ts";
import { withSession } from "./kit.ts";

const refused = {
  code: "refused",
  message: expect.stringMatching(/nothing was sent.*hyperstoreRefuseWrites.*HYPERSTORE_REFUSE_WRITES/),
};

describe.each(hyperstoreCatalog.resources.map((each) => [each.token, each] as const))(
  "%s",
  (_, definition) => {
    test("is read and planned, and not written, in a run that is only to look", async () => {
      const subject = subjectOf(definition);
      const world = await subject.homeland.start();
      const open = (env: Record<string, string>) => () => {
        const session = createSession({ env, log: () => {}, quiet: true });
        session.configure(world.config);
        return session;
      };
      const urn = `urn:pulumi:stack::project::${definition.token}::it`;
      const writer = createEngine(definition, urn, open({}));
      const looker = createEngine(definition, urn, open({ HYPERSTORE_REFUSE_WRITES: "true" }));
      try {
        const [was, now] = fc.sample(subject.updates, { numRuns: 1, seed: 1 })[0] ?? [{}, {}];
        await writer.up(was);
        const held = writer.state();
        looker.setState(held);
        expect(await looker.refresh()).toEqual([]);
        await looker.preview(now);
        expect(await looker.import(held?.id ?? "")).toBeDefined();

        world.requests.length = 0;
        const { inputs = {} } = held ?? {};
        await looker.operation(async (calls) => {
          await expect(calls.create({ urn, news: inputs })).rejects.toMatchObject(refused);
          if (!held) return;
          await expect(calls.update({ urn, ...held, news: inputs })).rejects.toMatchObject(refused);
          await expect(calls.delete({ urn, ...held })).rejects.toMatchObject(refused);
        });
        expect(world.requests).toEqual([]);
      } finally {
        await world.close();
      }
    }, 120_000);
  },
);

test("the refusal names the object", async () => {
  const { engine } = await withSession({}, { hyperstoreRefuseWrites: true });
  const group = engine(Group);
  await group.import("QA");
  await expect(group.destroy()).rejects.toThrow(/^HyperStore Group "QA": nothing was sent/);
});

test("whatever a read does, the client lets no write through", async () => {
  const { session, requests } = await withSession({}, { hyperstoreRefuseWrites: true });
  const api = session.connection(hyperstore).client(session.scope(undefined, undefined), "read");
  requests.length = 0;
  await expect(api.deleteGroup("QA")).rejects.toThrow(/^DELETE \/group: nothing was sent/);
  expect(await api.getGroup("QA")).toMatchObject({ groupId: "QA" });
  expect(requests).toMatchObject([{ method: "GET" }]);
});
