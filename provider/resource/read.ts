import { wrapSecrets } from "./check.ts";
import type { Context, Resource } from "./definition.ts";
import { PartialFailure, ProviderError, Unchecked } from "./errors.ts";
import type { Kind } from "./kind.ts";
import { project } from "./project.ts";
import type { DeleteRequest, ReadRequest, State } from "./requests.ts";
import type { Properties } from "./value.ts";

/** Import (the id alone), `.get` and refresh. Undefined says gone, and is said only of the system that the state was written against. */
export async function readResource(kind: Kind, request: ReadRequest): Promise<State | undefined> {
  const { id, outputs: olds, inputs: oldInputs } = request;
  const { ctx, api, fingerprint } = kind.open(request, { refreshing: true });
  try {
    const found = await kind.snapshot(api, id, ctx);
    const system = await fingerprint();
    // Another system has such a setting as well, so that finding one there says nothing.
    if (!found || (kind.definition.alwaysExists && !ctx.adopts)) rejectOtherSystem(kind, id, ctx, system);
    if (!found) return undefined;
    const managed = olds || oldInputs ? kind.inputsOf(request) : undefined;
    if (!managed) rejectOtherSpelling(kind, id, { ...found.inputs, ...found.outputs });
    const shown = project(kind.inputField, found.inputs, managed && (ctx.stateInputs as Properties));
    const inputs = wrapSecrets(kind.inputField, shown, managed) as Properties;
    const unfinished = [...ctx.unfinished];
    const outputs = kind.stateOf(inputs, {
      ...found.outputs,
      system,
      ...(unfinished.length > 0 ? { unfinished } : {}),
    });
    if (unfinished.length > 0)
      throw new PartialFailure(id, { inputs, outputs }, notFinished(kind, id, unfinished));
    return { id, inputs, outputs };
  } catch (error) {
    if (error instanceof Unchecked && error.skips && ctx.state.system !== undefined)
      return keepUnchecked(kind, request, ctx, error);
    throw kind.failure(error, id);
  }
}

/** The state as it is, with a warning: an import has none, so there is nothing to keep. */
function keepUnchecked(kind: Kind, request: ReadRequest, ctx: Context, { reason }: Unchecked): State {
  const { id, outputs = {} } = request;
  ctx.log(`${kind.label} "${id}" was not checked: ${reason}`, "warn");
  const state = { id, inputs: kind.inputsOf(request), outputs };
  const unfinished = [...ctx.unfinished];
  if (unfinished.length > 0) throw new PartialFailure(id, state, notFinished(kind, id, unfinished));
  return state;
}

export async function removeResource(kind: Kind, request: DeleteRequest): Promise<void> {
  const { urn, id } = request;
  const { ctx, api, fingerprint } = kind.open(request);
  if (kind.session.made.has(kind.madeKey(urn, id))) {
    // An error would leave a pending delete, which the next `up` would carry out on the living object.
    ctx.log(
      `${kind.label} "${id}" is kept, and not replaced: this run took the very same object over. To replace it, set ` +
        "the resource option deleteBeforeReplace, or replacementTrigger instead of --replace where two can exist side by side",
      "warn",
    );
    return;
  }
  try {
    rejectOtherSystem(kind, id, ctx, await fingerprint());
    await kind.definition.delete(api, id, ctx);
  } catch (error) {
    throw kind.failure(error, id);
  }
}

const notFinished = ({ label }: Kind, id: string, steps: string[]) =>
  new Error(`${label} "${id}" is not finished: ${steps.join(", ")}; the next pulumi up finishes it`);

/** One object has one id: under a second one it would be replaced as soon as a program names it. */
function rejectOtherSpelling(
  { label, definition, session, idFrom }: Kind,
  id: string,
  all: Properties,
): void {
  const config = session.config(definition.connect);
  const usual = idFrom(definition.configured?.(all, config).inputs ?? all);
  if (usual !== undefined && usual !== id)
    throw new ProviderError("invalid", `the id of ${label} "${id}" is "${usual}": use that`);
}

/** What another system answers says nothing about our object, and one of the same name there is not ours to change. */
export function rejectOtherSystem(
  { label, definition }: Kind,
  id: string,
  { state }: Context,
  now: string,
): void {
  const recorded = state.system;
  if (recorded === undefined || recorded === now) return;
  throw new ProviderError(
    "refused",
    `${label} "${id}" belongs to another system: the state was written against ${recorded}, and the endpoint now ` +
      `belongs to ${now}. Point the provider at the first one. If that one was renewed, run ${renewed(definition)} where the ` +
      "object is still there, and pulumi state delete on the resource where it is really gone.",
  );
}

const renewed = ({ alwaysExists }: Resource) =>
  alwaysExists ? "TENANTRY_ADOPT=1 pulumi refresh" : "pulumi refresh";
