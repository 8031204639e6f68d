import { isDeepStrictEqual } from "node:util";
import { check } from "./check.ts";
import { hideSecrets } from "./conceal.ts";
import type { Claim, Resource } from "./definition.ts";
import { diff } from "./diff.ts";
import { fieldsOf } from "./fields.ts";
import { kindOf } from "./kind.ts";
import { readResource, removeResource } from "./read.ts";
import type { DiffRequest, Lifecycle } from "./requests.ts";
import type { Session } from "./session.ts";
import { containsUnknown, type Properties, reveal, Unknown } from "./value.ts";
import { createResource, updateResource } from "./write.ts";

/** A resource's calls: what every one of them means, whatever the vendor. */
export function lifecycle(definition: Resource, session: Session): Lifecycle {
  const kind = kindOf(definition, session);
  /** What the server, or the provider for it, chooses anew differs from all there is. */
  const chosenAnew = Object.fromEntries(Object.keys(fieldsOf(definition.outputs)).map((key) => [key, "\0"]));
  return {
    check({ urn, olds, news }) {
      // A replacement trigger asks for no diff.
      if (urn && olds && Object.keys(olds).length > 0 && !session.known.has(urn)) session.known.set(urn, "");
      const checked = check(definition.inputs, news);
      const problem = session.problem(definition.connect);
      if (problem) checked.failures.push({ property: "", reason: problem });
      const isSound = checked.failures.length === 0;
      const { inputs, failures } =
        (isSound && definition.configured?.(checked.inputs, session.config(definition.connect))) || checked;
      const rival = failures.length === 0 && rivalOf(urn, inputs);
      if (rival) failures.push({ property: "", reason: rival });
      return { inputs, failures: hideSecrets(fieldsOf(definition.inputs), news, failures) };
    },

    diff(request) {
      const { id, urn, news, ignoreChanges = [], outputs = {} } = request;
      if (urn) session.known.set(urn, id);
      kind.hold(urn, id);
      const held = { inputs: kind.inputsOf(request), outputs };
      const deleteBeforeReplace = collides(request);
      // So end nearly all diffs of a job that looks for drift.
      if (isDeepStrictEqual(held.inputs, news) && !containsUnknown(news))
        return { changes: [], deleteBeforeReplace };
      const oldInputs = namedAs(news, held);
      const schema = definition.inputs;
      return {
        changes: diff({ schema, oldInputs, oldOutputs: outputs, newInputs: news, ignoreChanges }),
        deleteBeforeReplace,
      };
    },

    create: (request) => createResource(kind, request),
    read: (request) => readResource(kind, request),
    update: (request) => updateResource(kind, request),
    delete: (request) => removeResource(kind, request),
  };

  function namedAs(news: Properties, held: { inputs: Properties; outputs: Properties }): Properties {
    if (!definition.named) return held.inputs;
    return definition.named(reveal(held) as typeof held, reveal(news) as Properties);
  }

  /** Two resources of one program that manage the same thing would undo each other for ever. */
  function rivalOf(urn: string | undefined, inputs: Properties): string | undefined {
    if (urn === undefined || containsUnknown(inputs)) return undefined;
    for (const { thing, whole } of claimsOf(reveal(inputs) as Properties)) {
      const others = (session.claims.get(thing) ?? []).filter((holder) => holder.urn !== urn);
      session.claims.set(thing, [...others, { urn, whole }]);
      const rival = others.find((holder) => whole || holder.whole);
      if (rival) return `${rival.urn} manages ${thing} already: keep one of the two`;
    }
    return undefined;
  }

  function claimsOf(inputs: Properties): Claim[] {
    const id = definition.alwaysExists && kind.idFrom(inputs);
    return [
      ...(id ? [{ thing: `${kind.label} "${id}"`, whole: true }] : []),
      ...(definition.claims?.(inputs) ?? []),
    ];
  }

  /**
   * Whether the old object must go before a new one can come: when both have the same identity, or nobody knows.
   * The engine uses this also when it replaces for reasons of its own: `replaceOnChanges`, and with it a resource that was
   * not finished, of which no input differs.
   */
  function collides({ outputs = {}, news, ...held }: DiffRequest): boolean {
    const olds = reveal({ ...kind.inputsOf({ ...held, outputs }), ...outputs }) as Properties;
    const [was, will] = [kind.uniqueFrom(olds), kind.uniqueFrom(askedOf({ ...chosenAnew, ...news }))];
    return was === undefined || will === undefined || was === will;
  }
}

/** The new inputs for who derives something from them, which ends where it needs an unknown one: that is not the same as an absent one. */
function askedOf(news: Properties): Properties {
  return new Proxy(reveal(news) as Properties, {
    get(known, key) {
      const value = known[String(key)];
      if (value instanceof Unknown) throw new Error(`${String(key)} is not known`);
      return value;
    },
  });
}
