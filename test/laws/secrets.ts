import { expect } from "vitest";
import { configKeys } from "../../provider/resource/config.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import { type Path, parsePath } from "../../provider/resource/path.ts";
import { createSession } from "../../provider/resource/session.ts";
import { mapProperties, type Properties, Secret, type Value } from "../../provider/resource/value.ts";
import { forAll, someOf } from "./depth.ts";
import { type NamedFault, single } from "./faults.ts";
import { leaksIn, secretsIn } from "./leaks.ts";
import { inWorld } from "./rig.ts";
import { sideBySide } from "./side-by-side.ts";
import type { Pair, Subject } from "./subject.ts";

/** Law 8. `inWorld` searches whatever the provider says in any law; here all goes wrong at once. */
export const secretsStaySecret = async (subject: Subject) => {
  await sideBySide(
    someOf(single, 4).map(({ name, fault }) => ({ name, run: () => underFault({ ...fault, nth: "every" }) })),
  );
  await forAll(100, subject.programs, (program) => refusalsAreSilent(subject, program));
  await forAll(5, subject.updates, (pair) => chosenSecretsStaySecret(subject, pair));
  await inWorld(subject, async ({ world }) => configurationIsSilent(subject, world.config, world.secrets()));

  function underFault(fault: NamedFault["fault"]): Promise<void> {
    const tried = ([was, now]: Pair) =>
      inWorld(subject, async (rig) => {
        const failing = async (act: () => Promise<unknown>) => {
          rig.world.faults.add(fault);
          await act().catch(() => {});
          rig.world.faults.clear();
        };
        const options = { timeout: 5 };
        await failing(() => rig.up(was, options));
        await rig.up(was);
        await rig.preview(now);
        await failing(() => rig.refresh(options));
        await failing(() => rig.up(now, options));
        await failing(() => rig.import(rig.state()?.id ?? "", options));
        await failing(() => rig.destroy(options));
        await rig.import(rig.state()?.id ?? "");
      });
    return forAll(1, subject.updates, tried);
  }
};

/** Each field in turn is of no use: nothing that is said of it tells what another holds. */
function refusalsAreSilent({ definition, field }: Subject, program: Properties): void {
  const calls = lifecycle(definition, createSession({ env: {}, log: () => {} }));
  for (const key of [...Object.keys(program), "noSuchProperty"]) {
    const news = { ...program, [key]: [[program[key] ?? 1]] };
    const { failures } = calls.check({ news });
    expect(failures.length).toBeGreaterThan(0);
    // The engine prints what the program has at the failure's property.
    const printed = failures.map(({ property }) => (property === "" ? null : at(news, parsePath(property))));
    expect(leaksIn([JSON.stringify([failures, printed])], secretsIn(field, program))).toEqual([]);
  }
}

const at = (value: Value | undefined, path: Path): Value | undefined =>
  path.reduce<Value | undefined>((within, key) => (within as Properties | undefined)?.[key], value);

function configurationIsSilent({ definition }: Subject, config: Properties, secrets: string[]): void {
  for (const { key } of configKeys(definition.connect)) {
    const session = createSession({ env: {}, log: () => {} });
    session.configure({ ...config, [key]: { not: [config[key] ?? ""] } });
    expect(leaksIn([session.problem(definition.connect) ?? ""], secrets)).toEqual([]);
  }
}

/** What the program alone calls secret is secret in all that a state holds under its name. */
const chosenSecretsStaySecret = (subject: Subject, [was, now]: Pair) =>
  inWorld(subject, async (rig) => {
    const { urn } = rig;
    const hidden = (program: Properties) => mapProperties(program, (value) => new Secret(value));
    const expectHidden = (held: Properties, program: Properties) => {
      for (const key of Object.keys(program))
        if (held[key] !== undefined) expect(held[key], key).toBeInstanceOf(Secret);
    };
    await rig.world.prepare?.(subject.definition.token, was);
    await rig.world.prepare?.(subject.definition.token, now);
    await rig.operation(async (calls) => {
      const { inputs: news } = await calls.check({ urn, news: hidden(was) });
      expectHidden(news, was);
      const made = await calls.create({ urn, news });
      expectHidden(made.outputs, was);
      const read = await calls.read({ urn, ...made, inputs: news });
      expectHidden(read?.inputs ?? {}, was);
      expectHidden(read?.outputs ?? {}, was);
      const { inputs: next } = await calls.check({ urn, olds: news, news: hidden(now) });
      const held = { urn, ...made, inputs: news, news: next };
      expectHidden(await calls.update({ ...held, preview: true }), now);
      expectHidden(await calls.update(held), now);
    });
  });
