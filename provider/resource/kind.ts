import { canonical, wrapSecrets } from "./check.ts";
import { CallContext } from "./context.ts";
import { type Context, commonOutputs, type Resource, type Snapshot } from "./definition.ts";
import { messageOf, PartialFailure, ProviderError } from "./errors.ts";
import { type Field, fieldOf, fieldsOf } from "./fields.ts";
import type { AnyCall, Held } from "./requests.ts";
import type { Session } from "./session.ts";
import { type Properties, put, reveal, Secret, unknown, withoutUndefined } from "./value.ts";

/** A definition in a session, with what its calls share. */
export type Kind = ReturnType<typeof kindOf>;

export function kindOf(definition: Resource, session: Session) {
  const inputField: Field = fieldOf(definition.inputs);
  const outputField = fieldOf(definition.outputs.extend(commonOutputs.shape));
  const inputKeys = Object.keys(fieldsOf(definition.inputs));
  const decided = Object.entries(fieldsOf(definition.outputs));
  const label = `${definition.connect.title} ${definition.token.split(":").at(-1)}`;
  const named = (id: string | undefined) => (id ? `${label} "${id}"` : label);

  const keyOf = (id: string) => `${definition.token} ${id}`;
  const hold = (urn: string | undefined, id: string) => {
    session.holders.set(keyOf(id), urn ?? "");
  };

  const inputsOf = ({ inputs, outputs = {} }: Partial<Held>): Properties =>
    inputs ?? pick(outputs, inputKeys);

  return {
    definition,
    session,
    inputField,
    label,
    inputsOf,
    /** Remembers whose object it is. */
    hold,

    /**
     * Under what `session.made` remembers an object: with its URN, where the host knows one. What always exists is
     * the same thing under whatever URN, so that a resource with a new name is not undone by the end of the old one.
     */
    madeKey: (urn: string | undefined, id: string) =>
      `${(definition.alwaysExists ? undefined : urn) ?? definition.token} ${id}`,

    /** What the state will hold: the inputs and what the server decided, so that diffs read well. */
    stateOf: (inputs: Properties, outputs: object): Properties => ({
      ...inputs,
      // What the program calls secret is so under its name among the outputs too.
      ...(wrapSecrets(outputField, withoutUndefined(outputs), inputs) as Properties),
    }),

    /** What the server had decided according to the state. */
    decidedIn: (outputs: Properties = {}): Properties =>
      pick(
        reveal(outputs) as Properties,
        decided.map(([key]) => key),
      ),

    /** What a preview promises: what is known, and that the rest will come. */
    planned(inputs: Properties, outputs: Properties = {}): Properties {
      const promised = decided.map(([key, { traits }]) => [
        key,
        outputs[key] ?? (traits.secret ? new Secret(unknown) : unknown),
      ]);
      return { ...Object.fromEntries(promised), ...inputs };
    },

    /** An error that names the object; those that do so already stay as they are. */
    failure(error: unknown, id: string | undefined): Error {
      if (error instanceof ProviderError || error instanceof PartialFailure) return error;
      const aborted = error instanceof Error && "reason" in error && error.reason === "aborted";
      const message = `${named(id)}: ${messageOf(error)}`;
      return new ProviderError(aborted ? "cancelled" : "unavailable", message, { cause: error });
    },

    open(call: AnyCall, { refreshing = false } = {}) {
      const { id, urn, timeout, outputs = {} } = call;
      const scope = session.scope(urn, timeout);
      const connection = session.connection(definition.connect);
      const use = refreshing ? "read" : "write";
      if (use === "write" && connection.refusesWrites !== undefined)
        throw new ProviderError("refused", `${named(id)}: ${connection.refusesWrites}`);
      if (id !== undefined) hold(urn, id);
      const ctx = new CallContext(scope, {
        urn,
        replaces: session.known.get(urn ?? ""),
        adopts: session.adopts,
        refreshing,
        isOthers: (other) => (session.holders.get(keyOf(other)) ?? urn) !== urn,
        inputs: inputsOf(call),
        outputs,
      });
      return { ctx, api: connection.client(scope, use), fingerprint: () => connection.fingerprint(scope) };
    },

    /** The object as the server has it, its inputs in canonical form as far as our own rules accept them. */
    async snapshot(
      api: unknown,
      id: string,
      ctx: Context,
    ): Promise<Snapshot<Properties, Properties> | undefined> {
      const found = await definition.read(api, id, ctx);
      if (!found) return undefined;
      const { inputs, failures } = canonical(definition.inputs, found.inputs as Properties);
      return {
        inputs: failures.length === 0 ? inputs : (withoutUndefined(found.inputs) as Properties),
        outputs: withoutUndefined(found.outputs) as Properties,
        raw: found.raw,
      };
    },

    /** The id that the values lead to, or undefined where something it needs is missing. */
    idFrom: (values: Properties): string | undefined => attempt(definition.id, values),
    /** What may exist only once, likewise. */
    uniqueFrom: (values: Properties): string | undefined =>
      attempt(definition.unique ?? definition.id, values),
  };
}

function attempt(derive: (values: Properties) => string, values: Properties): string | undefined {
  try {
    const id: unknown = derive(values);
    return typeof id === "string" ? id : undefined;
  } catch {
    return undefined;
  }
}

function pick(properties: Properties, keys: readonly string[]): Properties {
  const picked: Properties = {};
  for (const key of keys) if (properties[key] !== undefined) put(picked, key, properties[key]);
  return picked;
}
