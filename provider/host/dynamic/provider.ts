import type { dynamic } from "@pulumi/pulumi";
import { PartialFailure, ProviderError } from "../../resource/errors.ts";
import { parsePath } from "../../resource/path.ts";
import type { Lifecycle } from "../../resource/requests.ts";
import type { Properties } from "../../resource/value.ts";
import { readFields, type WireObject, writeFields } from "../form.ts";

/** Where Pulumi keeps the text of a resource's provider: among its inputs and outputs, and ours to hand back. */
export const providerKey = "__provider";

/**
 * One resource's calls as the host of dynamic providers makes them. It says neither URN nor old inputs; it keeps
 * unknowns as sentinel strings, sends secrets in plain and takes them wrapped.
 */
export function dynamicProvider(
  resource: Lifecycle,
  decided: readonly string[],
  configure: (request: dynamic.ConfigureRequest) => void,
): Required<dynamic.ResourceProvider<WireObject, WireObject>> {
  return {
    // All of it before the first await: the host does not wait for one call's `configure` in another's.
    configure: async (request) => configure(request),

    async check(_olds, news) {
      const { inputs, failures } = resource.check({ news: properties(news) });
      return { inputs: writeFields(inputs), failures };
    },

    async diff(id, olds, news) {
      const outputs = properties(olds);
      const { changes, deleteBeforeReplace } = resource.diff({ id, outputs, news: properties(news) });
      const replacing = changes.filter(({ replace }) => replace);
      return {
        // A refresh forgets that the last call failed, and only an update finishes what it left.
        changes: changes.length > 0 || isUnfinished(outputs),
        replaces: [...new Set(replacing.map(({ property }) => String(parsePath(property)[0] ?? "")))],
        deleteBeforeReplace,
      };
    },

    async create(inputs) {
      const made = resource.create({ news: properties(inputs) });
      const { id, outputs } = await reportingWhatIsLeft(inputs, made);
      return { id, outs: writeFields(outputs) };
    },

    async read(id, props = {}) {
      const state = await withoutStack(whateverIsThere(resource.read({ id, outputs: properties(props) })));
      if (!state) return { id: "", props: {} };
      // What the server decided looks like an input where both have that name: the program did not set it, or it is equal.
      const inputs = Object.entries(state.inputs).filter(([key]) => !decided.includes(key));
      return {
        id: state.id,
        props: writeFields(state.outputs),
        inputs: writeFields(Object.fromEntries(inputs)),
      };
    },

    async update(id, olds, news) {
      const updated = resource.update({ id, outputs: properties(olds), news: properties(news) });
      return { outs: writeFields(await reportingWhatIsLeft(news, updated)) };
    },

    delete: (id, props) => withoutStack(resource.delete({ id, outputs: properties(props) })),
  };
}

const properties = ({ [providerKey]: _, ...fields }: WireObject): Properties => readFields(fields);

const isUnfinished = ({ unfinished }: Properties) => Array.isArray(unfinished) && unfinished.length > 0;

/** An error with an id is what this host turns into ErrorResourceInitFailed, so that a half-made object reaches the state. */
async function reportingWhatIsLeft<T>(inputs: WireObject, call: Promise<T>): Promise<T> {
  return call.catch((error) => {
    if (!(error instanceof PartialFailure)) throw error;
    const { id, message, outputs } = error;
    // The host forgets the provider here, without which nothing could be read or deleted later.
    const kept = { ...writeFields(outputs), [providerKey]: inputs[providerKey] };
    throw Object.assign(new Error(message), { id, properties: kept, reasons: [message] });
  });
}

/** Here a read cannot fail and answer; what it found says `unfinished`, and `diff` goes by that. */
async function whateverIsThere(call: ReturnType<Lifecycle["read"]>): ReturnType<Lifecycle["read"]> {
  return call.catch((error) => {
    if (!(error instanceof PartialFailure)) throw error;
    const { id, inputs, outputs } = error;
    return { id, inputs, outputs };
  });
}

/** The host prints a failed read or delete with its stack, which is noise where the error explains itself. */
async function withoutStack<T>(call: Promise<T>): Promise<T> {
  return call.catch((error) => {
    if (error instanceof ProviderError) error.stack = "";
    throw error;
  });
}
