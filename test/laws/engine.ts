import type { Resource } from "../../provider/resource/definition.ts";
import type { Change } from "../../provider/resource/diff.ts";
import { PartialFailure } from "../../provider/resource/errors.ts";
import { lifecycle } from "../../provider/resource/lifecycle.ts";
import { parsePath } from "../../provider/resource/path.ts";
import type { Lifecycle, State } from "../../provider/resource/requests.ts";
import type { Session } from "../../provider/resource/session.ts";
import type { Properties } from "../../provider/resource/value.ts";

/** A resource in the engine's state. `failed` stands for `initErrors` and `refreshBeforeUpdate`. */
export type Saved = State & { failed: boolean };
export type Step = "create" | "update" | "replace" | "same";
export interface UpOptions {
  ignoreChanges?: readonly string[];
  /** Makes a replacement of every change. */
  replaceOnChanges?: boolean;
  /** `customTimeouts`, in seconds. */
  timeout?: number;
}

export class CheckFailed extends Error {}

/** The lifecycle's calls, by whatever way they reach it. */
export type Calls = {
  [Name in keyof Lifecycle]: (
    request: Parameters<Lifecycle[Name]>[0],
  ) => ReturnType<Lifecycle[Name]> | Promise<Awaited<ReturnType<Lifecycle[Name]>>>;
};

export type Engine = ReturnType<typeof createEngine>;

/**
 * Pulumi's engine 3.255 with a program of one resource: the order of the calls and what each leaves in the state, failed
 * ones included. Every operation is a session of its own, as every run of the engine is a provider process of its own,
 * and those in `inOneRun` share one.
 */
export function createEngine(
  definition: Resource,
  urn: string,
  open: () => Session,
  by: (calls: Lifecycle) => Calls = (calls) => calls,
) {
  let held: Saved | undefined;
  let pending: Saved[] = [];
  let run: Session | undefined;

  async function operation<T>(act: (calls: Calls) => Promise<T>): Promise<T> {
    if (run) return act(by(lifecycle(definition, run)));
    return inOneRun(() => operation(act));
  }

  /** Several operations of one provider process, as a refresh and what follows it are in `pulumi up --refresh`. */
  async function inOneRun<T>(act: () => Promise<T>): Promise<T> {
    const session = open();
    run = session;
    try {
      return await act();
    } finally {
      run = undefined;
      await session.close();
    }
  }

  const checked = async (calls: Calls, news: Properties): Promise<Properties> => {
    const { inputs, failures } = await calls.check({ urn, olds: held?.inputs, news });
    if (failures.length > 0) throw new CheckFailed(JSON.stringify(failures));
    return inputs;
  };

  async function create(calls: Calls, news: Properties, { timeout }: UpOptions): Promise<void> {
    try {
      const made = await calls.create({ urn, news, timeout });
      held = { ...made, inputs: news, failed: false };
    } catch (error) {
      // The engine keeps the program's inputs, whatever the error says of them.
      if (error instanceof PartialFailure)
        held = { id: error.id, inputs: news, outputs: error.outputs, failed: true };
      throw error;
    }
  }

  async function update(
    calls: Calls,
    was: Saved,
    news: Properties,
    { timeout, ignoreChanges = [] }: UpOptions,
  ): Promise<void> {
    try {
      const outputs = await calls.update({ urn, ...was, news, timeout, ignoreChanges });
      held = { id: was.id, inputs: news, outputs, failed: false };
    } catch (error) {
      // Old inputs and new outputs, so that a program which is reverted shows no difference.
      if (error instanceof PartialFailure)
        held = { id: was.id, inputs: was.inputs, outputs: error.outputs, failed: true };
      throw error;
    }
  }

  async function replace(calls: Calls, was: Saved, news: Properties, oldFirst: boolean, options: UpOptions) {
    if (oldFirst) {
      await calls.delete({ urn, ...was });
      held = undefined;
      return create(calls, news, options);
    }
    try {
      await create(calls, news, options);
    } finally {
      // Half-made counts: the old one is marked for deletion as soon as the new one is in the state.
      if (held !== was) pending.push(was);
    }
  }

  async function deletePending(calls: Calls): Promise<void> {
    for (const old of [...pending]) {
      await calls.delete({ urn, ...old });
      pending = pending.filter((each) => each !== old);
    }
  }

  async function reread(calls: Calls, was: Saved, { timeout }: UpOptions): Promise<Saved | undefined> {
    try {
      const now = await calls.read({ urn, ...was, timeout });
      return now && { ...now, failed: false };
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      return { id: error.id, inputs: error.inputs, outputs: error.outputs, failed: true };
    }
  }

  async function step(calls: Calls, program: Properties, options: UpOptions): Promise<Step> {
    if (held?.failed) held = await reread(calls, held, options);
    const was = held;
    const { ignoreChanges = [], replaceOnChanges = false } = options;
    const news = await checked(calls, was ? ignored(program, was.inputs, ignoreChanges) : program);
    if (!was) {
      await create(calls, news, options);
      return "create";
    }
    const { changes, deleteBeforeReplace } = await calls.diff({ urn, ...was, news, ignoreChanges });
    if (changes.some(({ replace }) => replace || replaceOnChanges)) {
      await replace(calls, was, news, deleteBeforeReplace, options);
      return "replace";
    }
    if (changes.length === 0 && !was.failed) {
      held = { ...was, inputs: news };
      return "same";
    }
    await update(calls, was, news, options);
    return "update";
  }

  return {
    urn,
    state: () => held,
    /** What a lost, foreign or older state would be. */
    setState(next: State | undefined) {
      held = next && { failed: false, ...next };
      pending = [];
    },
    /** `pulumi up` */
    up: (program: Properties, options: UpOptions = {}) =>
      operation(async (calls) => {
        const taken = await step(calls, program, options);
        await deletePending(calls);
        return taken;
      }),
    /** `pulumi up` of the program without the resource. */
    destroy: (options: UpOptions = {}) =>
      operation(async (calls) => {
        await deletePending(calls);
        if (held) await calls.delete({ urn, ...held, timeout: options.timeout });
        held = undefined;
      }),
    /** `pulumi refresh`: the changes that it shows, or "gone". */
    refresh: (options: UpOptions = {}) =>
      operation(async (calls): Promise<Change[] | "gone"> => {
        const was = held;
        if (!was) return "gone";
        held = await reread(calls, was, options);
        if (!held) return "gone";
        const { ignoreChanges = [] } = options;
        return (await calls.diff({ urn, ...held, news: was.inputs, ignoreChanges })).changes;
      }),
    /** The plan of `pulumi preview`: what the calls promise. */
    preview: (program: Properties) =>
      operation(async (calls) => {
        const news = await checked(calls, program);
        if (!held) return (await calls.create({ urn, news, preview: true })).outputs;
        await calls.diff({ urn, ...held, news });
        return calls.update({ urn, ...held, news, preview: true });
      }),
    /** `pulumi import`: the id alone. Undefined when there is no such object. */
    import: (id: string, { timeout }: UpOptions = {}) =>
      operation(async (calls) => {
        const now = await calls.read({ urn, id, timeout });
        held = now && { ...now, inputs: await checked(calls, now.inputs), failed: false };
        return now;
      }),
    /** Calls that no operation makes in this order. */
    operation,
    inOneRun,
  };
}

/** The engine puts ignored paths back to what the state has, before Check; only whole properties here. */
function ignored(program: Properties, olds: Properties, paths: readonly string[]): Properties {
  const news = { ...program };
  for (const [key, ...rest] of paths.map(parsePath)) {
    if (rest.length > 0) continue;
    const old = olds[String(key)];
    if (old === undefined) delete news[String(key)];
    else news[String(key)] = old;
  }
  return news;
}
