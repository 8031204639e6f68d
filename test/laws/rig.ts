import { expect } from "vitest";
import { isLeftToOthers } from "../../provider/resource/fields.ts";
import { createSession, type Session } from "../../provider/resource/session.ts";
import type { Properties } from "../../provider/resource/value.ts";
import { fastClock } from "../http/clock.ts";
import type { World } from "../worlds/world.ts";
import { createEngine, type Engine } from "./engine.ts";
import { leaksIn, plainOf, secretsIn, textOfError } from "./leaks.ts";
import { canonical, type Subject } from "./subject.ts";

// Requests fail by the thousand here, and none of these servers needs a rest. Nobody waits for a time-out either: a second
// of the clock that ends requests passes in 5 ms, or in one turn of a busy event loop.
process.env.TENANTRY_RETRY_BASE_MS = "5";
setInterval(() => fastClock.tick(1000), 5).unref();

/** A world with an engine that works on it, and ears on everything that leaves the provider. */
export interface Rig extends Engine {
  world: World;
  /** The census before anything was made. */
  empty: Record<string, unknown>;
  /** The session of the operation that runs, or of the last one. */
  session(): Session;
  /** Another engine on the same system: another resource, or another hand. */
  engine(options?: { name?: string; env?: Record<string, string> }): Engine;
  /** The object is as the program says, and the state knows it: nothing is left to do or to tell. */
  expectConverged(program: Properties): Promise<void>;
}

interface RigOptions {
  identity?: string;
}

/** Runs one experiment in a fresh world. No secret of that world may have been shown when it is over. */
export async function inWorld<T>(
  subject: Subject,
  experiment: (rig: Rig) => Promise<T>,
  options: RigOptions = {},
): Promise<T> {
  const world = await subject.homeland.start(options);
  const shown: string[] = [];
  const programmed: string[] = [];
  let last: Session | undefined;

  const open = (env: Record<string, string>) => (): Session => {
    last = createSession({ env, log: (message, _severity, urn) => shown.push(`${urn} ${message}`) });
    last.configure(world.config);
    return last;
  };
  const engine: Rig["engine"] = ({ name = "law", env = {} } = {}) => {
    const urn = `urn:pulumi:stack::project::${subject.definition.token}::${name}`;
    return listening(createEngine(subject.definition, urn, open(env), subject.by));
  };

  /** An engine whose results and errors are kept for the search. */
  function listening(inner: Engine): Engine {
    const heard = async <T>(result: Promise<T>): Promise<T> => {
      try {
        const value = await result;
        shown.push(plainOf(value));
        return value;
      } catch (error) {
        shown.push(textOfError(error));
        throw error;
      } finally {
        shown.push(plainOf(inner.state()));
      }
    };
    const up: Engine["up"] = async (program, upOptions) => {
      await world.prepare?.(subject.definition.token, program);
      programmed.push(...secretsIn(subject.field, program));
      return heard(inner.up(program, upOptions));
    };
    return {
      ...inner,
      up,
      destroy: (upOptions) => heard(inner.destroy(upOptions)),
      refresh: (upOptions) => heard(inner.refresh(upOptions)),
      import: (id, upOptions) => heard(inner.import(id, upOptions)),
      preview: (program) => heard(inner.preview(program)),
    };
  }

  const main = engine();
  const rig: Rig = {
    ...main,
    world,
    empty: await world.census(),
    session: () => last ?? open({})(),
    engine,
    async expectConverged(program) {
      const state = main.state();
      expect(state, "the object is in the state").toMatchObject({ failed: false });
      expect(state?.outputs).not.toHaveProperty("unfinished");
      expect(await main.refresh(), "a refresh shows nothing").toEqual([]);
      const id = main.state()?.id ?? "";
      for (const [key, value] of Object.entries(world.hidden(subject.definition.token, id))) {
        const field = subject.fields[key];
        if (program[key] === undefined && field && isLeftToOthers(field)) continue;
        expect(value, `write-only ${key}`).toEqual(program[key] ?? "");
      }
      const planned = await main.operation(async (calls) => {
        const held = main.state();
        return (
          held && (await calls.diff({ urn: main.urn, ...held, news: canonical(subject, program) })).changes
        );
      });
      expect(planned, "the program has nothing to change").toEqual([]);
    },
  };
  try {
    const result = await experiment(rig);
    expect(leaksIn(shown, [...world.secrets(), ...programmed])).toEqual([]);
    return result;
  } finally {
    await world.close();
  }
}
